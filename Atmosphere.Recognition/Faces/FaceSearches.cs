using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Faces;

/// <summary>
/// The rows of searches and candidates: whom each face of a photo resembles, by itself. What the other faces of the photo say about it
/// is added by whoever decides: <see cref="PhotoFaces.WithoutDoubles"/>.
/// </summary>
internal static class FaceSearches
{
    /// <summary>
    /// Stores a search; one of an older state of the collection is replaced. Persons who went since, and those of whom somebody said that it
    /// is not they, are left out; if the best match was one of them, the face is nobody's. A face that was deleted meanwhile does not come back.
    /// </summary>
    public static async Task PutAsync(Session session, PhotoId photo, FaceId face, FaceSearch found)
    {
        var search = await WithoutTheGoneAsync(session, face, found);
        var changed = await session.ExecuteAsync(
            """
            INSERT INTO searches (face_id, photo_id, verdict, near_enough, collection_version)
            SELECT @face, @photo, @verdict, @near, @CollectionVersion WHERE EXISTS (SELECT 1 FROM bounding_boxes WHERE face_id = @face)
            ON CONFLICT (face_id) DO UPDATE SET
                verdict = excluded.verdict, near_enough = excluded.near_enough, collection_version = excluded.collection_version
            WHERE searches.collection_version < excluded.collection_version
            """,
            new { face, photo, verdict = search.Verdict.ToString().ToLowerInvariant(), near = search.NearEnough ? 1 : 0, search.CollectionVersion });
        if (changed == 0)
            return;

        _ = await session.ExecuteAsync("DELETE FROM candidates WHERE face_id = @face", new { face });
        foreach (var (index, match) in search.Matches.Index())
        {
            _ = await session.ExecuteAsync(
                """
                INSERT INTO candidates (face_id, rank, photo_id, person_id, similarity)
                VALUES (@face, @rank, @photo, @User, @Similarity)
                """,
                new { face, rank = index + 1, photo, match.User, match.Similarity });
        }
    }

    private static async Task<FaceSearch> WithoutTheGoneAsync(Session session, FaceId face, FaceSearch search)
    {
        var refused = await session.QueryAsync<PersonId>("SELECT person_id FROM face_tags WHERE face_id = @face AND verdict = 'is-not'", new { face });
        var matches = new List<UserMatch>();
        foreach (var match in search.Matches)
        {
            if (!refused.Contains(match.User) && await PersonTable.CanBeNamedAsync(session, match.User))
                matches.Add(match);
        }

        return matches.Count == search.Matches.Count
            ? search
            : search with { Matches = matches, Verdict = matches.FirstOrDefault() == search.Matches[0] ? search.Verdict : MatchVerdict.Nobody };
    }

    /// <summary>The searches of a photo's faces; faces that were not searched for are left out.</summary>
    public static async Task<IReadOnlyDictionary<FaceId, FaceSearch>> OfAsync(Session session, PhotoId photo)
    {
        var candidates = (await session.QueryAsync<CandidateRow>(
            "SELECT face_id, person_id, similarity FROM candidates WHERE photo_id = @photo ORDER BY face_id, rank", new { photo }))
            .ToLookup(row => row.FaceId, row => new UserMatch(row.PersonId, row.Similarity));
        var rows = await session.QueryAsync<SearchRow>(
            "SELECT face_id, verdict, near_enough, collection_version FROM searches WHERE photo_id = @photo", new { photo });
        return rows.ToDictionary(
            row => row.FaceId,
            row => new FaceSearch([.. candidates[row.FaceId]], Enum.Parse<MatchVerdict>(row.Verdict, ignoreCase: true))
            {
                NearEnough = row.NearEnough,
                CollectionVersion = row.CollectionVersion,
            });
    }

    private sealed record SearchRow
    {
        public FaceId FaceId { get; init; }

        public string Verdict { get; init; } = "";

        public bool NearEnough { get; init; }

        public long CollectionVersion { get; init; }
    }

    private sealed record CandidateRow
    {
        public FaceId FaceId { get; init; }

        public PersonId PersonId { get; init; }

        public float Similarity { get; init; }
    }
}

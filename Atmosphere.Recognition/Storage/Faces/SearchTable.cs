using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The tables searches and candidates: the persons that faces resemble.</summary>
internal static class SearchTable
{
    /// <summary>The similarity of a face to a person, 0..100; null: not a candidate.</summary>
    public static Task<float?> SimilarityAsync(Session session, FaceId face, PersonId person) =>
        session.QuerySingleOrDefaultAsync<float?>("SELECT similarity FROM candidates WHERE face_id = @face AND person_id = @person", new { face, person });

    /// <summary>The persons that a face resembles, most similar first.</summary>
    public static Task<IReadOnlyList<PersonId>> CandidatesAsync(Session session, FaceId face) =>
        session.QueryAsync<PersonId>("SELECT person_id FROM candidates WHERE face_id = @face ORDER BY rank", new { face });

    /// <summary>Removes a person from a face's candidates.</summary>
    public static async Task RefuseAsync(Session session, FaceId face, PersonId person)
    {
        _ = await session.ExecuteAsync("DELETE FROM candidates WHERE face_id = @face AND person_id = @person", new { face, person });
        _ = await session.ExecuteAsync("UPDATE searches SET verdict = 'nobody', near_enough = 0 WHERE face_id = @face", new { face });
    }

    /// <summary>Whether the best candidate of the face is also the best candidate of one of the others.</summary>
    /// <param name="least">Minimum similarity, 0..100.</param>
    public static async Task<bool> HaveOneGuessAsync(Session session, FaceId face, IEnumerable<FaceId> others, float least) =>
        await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM candidates c JOIN candidates o ON o.person_id = c.person_id AND o.rank = 1 AND o.similarity >= @least
            WHERE c.face_id = @face AND c.rank = 1 AND c.similarity >= @least AND o.face_id IN @others
            """,
            new { face, least, others = others.Select(other => other.Value).ToList() }) > 0;

    /// <summary>The candidates of a face and of its cluster, each with the best similarity, without persons that were denied.</summary>
    public static Task<IReadOnlyList<CandidateRow>> CandidatesAsync(Session session, GroupId group, FaceId face, int most) =>
        session.QueryAsync<CandidateRow>(
            $"""
            SELECT p.id, p.name, MAX(c.similarity) AS similarity FROM candidates c
            JOIN persons p ON p.id = c.person_id AND p.group_id = @group AND {PersonTable.Taggable}
            WHERE (c.face_id = @face OR c.face_id IN (
                    SELECT f.face_id FROM cluster_faces f WHERE f.cluster_id = (SELECT o.cluster_id FROM cluster_faces o WHERE o.face_id = @face)))
                AND NOT EXISTS (SELECT 1 FROM face_tags t WHERE t.face_id = @face AND t.person_id = p.id AND t.verdict = 'is-not')
            GROUP BY p.id, p.name ORDER BY similarity DESC, p.id LIMIT @most
            """,
            new { group, face, most });

    /// <summary>A candidate of a face that still exists, with the similarity.</summary>
    public static Task<CandidateRow?> FindAsync(Session session, FaceId face, PersonId person) =>
        session.QuerySingleOrDefaultAsync<CandidateRow>(
            $"""
            SELECT p.id, p.name, COALESCE(
                (SELECT f.similarity FROM faces f WHERE f.id = @face AND f.person_id = p.id),
                (SELECT c.similarity FROM candidates c WHERE c.face_id = @face AND c.person_id = p.id)) AS similarity
            FROM persons p WHERE p.id = @person AND p.{Rules.PersonIsLiving}
            """,
            new { face, person });

    /// <summary>Stores a search and replaces an older one. Does nothing for a face that was deleted meanwhile.</summary>
    /// <param name="matches">Most similar first.</param>
    public static async Task PutAsync(Session session, PhotoId photo, SearchRow search, IEnumerable<(PersonId Person, float Similarity)> matches)
    {
        var changed = await session.ExecuteAsync(
            """
            INSERT INTO searches (face_id, photo_id, verdict, near_enough, collection_version)
            SELECT @FaceId, @photo, @Verdict, @near, @CollectionVersion WHERE EXISTS (SELECT 1 FROM bounding_boxes WHERE face_id = @FaceId)
            ON CONFLICT (face_id) DO UPDATE SET
                verdict = excluded.verdict, near_enough = excluded.near_enough, collection_version = excluded.collection_version
            WHERE searches.collection_version < excluded.collection_version
            """,
            new { search.FaceId, photo, search.Verdict, near = search.NearEnough ? 1 : 0, search.CollectionVersion });
        if (changed == 0)
            return;
        _ = await session.ExecuteAsync("DELETE FROM candidates WHERE face_id = @FaceId", new { search.FaceId });
        foreach (var (index, match) in matches.Index())
        {
            _ = await session.ExecuteAsync(
                "INSERT INTO candidates (face_id, rank, photo_id, person_id, similarity) VALUES (@FaceId, @rank, @photo, @Person, @Similarity)",
                new { search.FaceId, rank = index + 1, photo, match.Person, match.Similarity });
        }
    }

    public static Task<IReadOnlyList<SearchRow>> OfAsync(Session session, PhotoId photo) =>
        session.QueryAsync<SearchRow>("SELECT face_id, verdict, near_enough, collection_version FROM searches WHERE photo_id = @photo", new { photo });

    /// <summary>The candidates of a photo's faces, for each face most similar first.</summary>
    public static Task<IReadOnlyList<CandidateOfFace>> CandidatesOfAsync(Session session, PhotoId photo) =>
        session.QueryAsync<CandidateOfFace>("SELECT face_id, person_id, similarity FROM candidates WHERE photo_id = @photo ORDER BY face_id, rank", new { photo });
}

/// <summary>A candidate of a face; similarity 0..100.</summary>
internal sealed record CandidateRow
{
    public PersonId Id { get; init; }

    public string Name { get; init; } = "";

    public float? Similarity { get; init; }
}

/// <summary>The result of a search: named, uncertain or nobody.</summary>
internal sealed record SearchRow
{
    public FaceId FaceId { get; init; }

    public string Verdict { get; init; } = "";

    public bool NearEnough { get; init; }

    public long CollectionVersion { get; init; }
}

/// <summary>A candidate of a face; similarity 0..100.</summary>
internal sealed record CandidateOfFace
{
    public FaceId FaceId { get; init; }

    public PersonId PersonId { get; init; }

    public float Similarity { get; init; }
}

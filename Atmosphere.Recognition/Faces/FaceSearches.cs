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
        var row = new SearchRow
        {
            FaceId = face,
            Verdict = search.Verdict.ToString().ToLowerInvariant(),
            NearEnough = search.NearEnough,
            CollectionVersion = search.CollectionVersion,
        };
        await SearchTable.PutAsync(session, photo, row, search.Matches.Select(match => (match.User, match.Similarity)));
    }

    private static async Task<FaceSearch> WithoutTheGoneAsync(Session session, FaceId face, FaceSearch search)
    {
        var refused = await VoteTable.DeniedAsync(session, face);
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
        var candidates = (await SearchTable.CandidatesOfAsync(session, photo))
            .ToLookup(row => row.FaceId, row => new UserMatch(row.PersonId, row.Similarity));
        var rows = await SearchTable.OfAsync(session, photo);
        return rows.ToDictionary(
            row => row.FaceId,
            row => new FaceSearch([.. candidates[row.FaceId]], Enum.Parse<MatchVerdict>(row.Verdict, ignoreCase: true))
            {
                NearEnough = row.NearEnough,
                CollectionVersion = row.CollectionVersion,
            });
    }
}

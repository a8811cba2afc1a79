using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Faces;

/// <summary>
/// Stores the search result of each face: the persons that the face alone resembles. The deciding step adds what the other faces of the
/// photo imply: <see cref="PhotoFaces.WithoutDoubles"/>.
/// </summary>
internal static class FaceSearches
{
    /// <summary>
    /// Stores a search and replaces an older one. Leaves out persons who were removed since, and persons that somebody said the face is
    /// not. If the best match is among those, the verdict is nobody. Does nothing for a face that was deleted meanwhile.
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

    /// <summary>The searches of a photo's faces, without faces that were not searched.</summary>
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

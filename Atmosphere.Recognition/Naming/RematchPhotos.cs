using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Naming;

/// <summary>Searches unnamed faces again after a person learned faces, with the same rule for naming as in the first search.</summary>
internal sealed class RematchPhotos(Database database, IFaceEngine engine, IFaceCollections collections, AssignNamesLater names)
{
    /// <summary>Searches outside any transaction, then writes all names in one. A repeated call changes nothing.</summary>
    /// <param name="photos">A few photos, oldest first: they are sent in this order.</param>
    public async Task RematchAsync(GroupId group, IReadOnlyList<PhotoId> photos, CancellationToken cancellation)
    {
        var news = new List<(PhotoId Photo, IReadOnlyDictionary<FaceId, FaceSearch> Searches)>();
        foreach (var photo in photos)
        {
            if (await SearchAsync(CollectionId.Of(group), photo, cancellation) is { Count: > 0 } searches)
                news.Add((photo, searches));
        }

        if (news.Count > 0)
            await database.WriteAsync(session => names.AssignAsync(session, news), cancellation);
    }

    /// <returns>The changed searches, without faces of bad quality or of another model.</returns>
    private async Task<IReadOnlyDictionary<FaceId, FaceSearch>> SearchAsync(CollectionId collection, PhotoId photo, CancellationToken cancellation)
    {
        var (found, known, open) = await database.ReadAsync(
            async session => (
                await FoundFaces.OfAsync(session, photo),
                await FaceSearches.OfAsync(session, photo),
                (await FaceTable.UnnamedAsync(session, photo)).ToHashSet()),
            cancellation);
        var news = new Dictionary<FaceId, FaceSearch>();
        foreach (var face in found.Where(face => open.Contains(face.Id) && known.ContainsKey(face.Id) && face.Model == engine.Model))
        {
            if (face.Description is not { } description || QualityRules.Judge(description).Verdict == FaceVerdict.Reject)
                continue;
            var search = await collections.SearchUsersByImageAsync(collection, description.Embedding, cancellation);
            if (IsNews(known[face.Id], search))
                news[face.Id] = search;
        }

        return news;
    }

    // Most unknown faces stay unknown, and need no rows written.
    private static bool IsNews(FaceSearch before, FaceSearch now) =>
        now.Verdict != MatchVerdict.Nobody || before.Verdict != MatchVerdict.Nobody
        || BestOf(before) != BestOf(now);

    private static PersonId? BestOf(FaceSearch search) => search.Matches is [var best, ..] ? best.User : null;
}

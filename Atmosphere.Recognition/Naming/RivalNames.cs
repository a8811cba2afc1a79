using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Naming;

/// <summary>Nobody is in a photo twice: what the searches of a photo's faces say together, as they are stored now.</summary>
internal static class RivalNames
{
    /// <summary>What may be concluded about one face; null where it was not searched for.</summary>
    public static async Task<FaceSearch?> SearchAsync(Session session, PhotoId photo, FaceId face) =>
        (await OfAsync(session, photo)).GetValueOrDefault(face);

    /// <summary>
    /// Faces that were named before a rival for the name was seen become uncertain: better ask than send. What colleagues said counts more
    /// than a search.
    /// </summary>
    /// <returns>What may be concluded about each face that was searched for.</returns>
    public static async Task<IReadOnlyDictionary<FaceId, FaceSearch>> DoubtAsync(Session session, IOutbox outbox, PhotoId photo, DateTimeOffset now)
    {
        var together = await OfAsync(session, photo);
        foreach (var (face, search) in together)
        {
            if (search.Verdict == MatchVerdict.Named || !await FaceTable.DoubtAsync(session, face))
                continue;

            await IdentifiedPosts.TakeBackAsync(session, outbox, face, now);
            await UnidentifiedFaces.AskAsync(session, outbox, photo, face);
        }

        return together;
    }

    /// <summary>What may be concluded about each face of the photo that was searched for.</summary>
    public static async Task<IReadOnlyDictionary<FaceId, FaceSearch>> OfAsync(Session session, PhotoId photo)
    {
        var searches = (await FaceSearches.OfAsync(session, photo)).ToList();
        var together = PhotoFaces.WithoutDoubles([.. searches.Select(search => search.Value)]);
        return searches.Zip(together).ToDictionary(pair => pair.First.Key, pair => pair.Second);
    }
}

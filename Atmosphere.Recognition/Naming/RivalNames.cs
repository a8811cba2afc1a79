using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Naming;

/// <summary>Judges the searches of a photo's faces together: a person appears at most once, so two faces never get the same name.</summary>
internal static class RivalNames
{
    /// <summary>The search of one face, corrected by the others; null if the face was not searched.</summary>
    public static async Task<FaceSearch?> SearchAsync(Session session, PhotoId photo, FaceId face) =>
        (await OfAsync(session, photo)).GetValueOrDefault(face);

    /// <summary>
    /// Makes named faces uncertain if a rival for the name is found later: asking is better than sending. Names given by colleagues are
    /// kept.
    /// </summary>
    /// <returns>The search of each face, corrected by the others.</returns>
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

    /// <summary>The searches of the photo's faces, each corrected by the others.</summary>
    public static async Task<IReadOnlyDictionary<FaceId, FaceSearch>> OfAsync(Session session, PhotoId photo)
    {
        var searches = (await FaceSearches.OfAsync(session, photo)).ToList();
        var together = PhotoFaces.WithoutDoubles([.. searches.Select(search => search.Value)]);
        return searches.Zip(together).ToDictionary(pair => pair.First.Key, pair => pair.Second);
    }
}

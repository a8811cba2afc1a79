using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Requests;

/// <summary>The answer about a person's first matches.</summary>
internal static class FirstMatches
{
    /// <summary>
    /// Right: the person's photos are delivered from now on, including those that waited. Wrong: the shown faces are asked about one by one,
    /// and the next matches are shown again.
    /// </summary>
    /// <returns>False if it was decided before.</returns>
    public static async Task<bool> DecideAsync(Session session, IOutbox outbox, HeldFace held, bool allowed, DateTimeOffset now)
    {
        if (!await HeldFaceTable.DecideAsync(session, held.Id, allowed, now))
            return false;

        await RequestTable.EndAboutAsync(session, held.Id, now);
        await outbox.SendAsync(session, new HeldFaceChanged(held.Id));
        // Its pictures are deleted.
        await outbox.SendAsync(session, new Messages.LearnHeldFace(held.PersonId, held.Id));
        if (allowed)
        {
            await MatchChecks.PassAsync(session, held.PersonId, now);
            foreach (var photo in await PhotoTable.DistributedWithAsync(session, held.PersonId))
                await outbox.SendAsync(session, new DistributePhoto(photo));
            return true;
        }

        foreach (var (face, photo) in await MatchChecks.NamedAsync(session, held.PersonId, held.Matches))
        {
            // A name that colleagues gave stays.
            if (!await FaceTable.DoubtAsync(session, face))
                continue;
            await IdentifiedPosts.TakeBackAsync(session, outbox, face, now);
            await UnidentifiedFaces.AskAsync(session, outbox, photo, face);
        }

        return true;
    }
}

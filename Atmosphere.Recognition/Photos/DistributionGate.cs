using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Photos;

/// <summary>The second sync point of a photo: it goes to the parents when its last face is decided, once.</summary>
internal static class DistributionGate
{
    /// <summary>A face of the photo was decided.</summary>
    /// <param name="verdict">named, uncertain, nobody or refused.</param>
    public static async Task DecidedAsync(Session session, IOutbox outbox, PhotoId photo, string verdict, DateTimeOffset now)
    {
        session.AfterCommit(() => Telemetry.FaceDecided(verdict));
        if (await OpenAsync(session, outbox, photo, now))
            await PhotoSteps.EndedAsync(session, photo, "IdentifyFace", null, now);
    }

    /// <summary>Lets the photo go if no face of it is open any more.</summary>
    /// <returns>True for the one call that does so.</returns>
    public static async Task<bool> OpenAsync(Session session, IOutbox outbox, PhotoId photo, DateTimeOffset now)
    {
        if (!await PhotoTable.OpenGateAsync(session, photo, now))
            return false;

        await outbox.SendAsync(session, new DistributePhoto(photo));
        if (await OvertakenAsync(session, photo) is { } group)
            await outbox.SendAsync(session, new PhotoOvertaken(photo, group));
        return true;
    }

    /// <summary>
    /// Who is taught, or untaught, is looked for in photos whose gate is open. One that opens now, with faces that were searched for before,
    /// was passed by.
    /// </summary>
    /// <returns>The photo's group; null where nobody was taught since.</returns>
    private static async Task<GroupId?> OvertakenAsync(Session session, PhotoId photo)
    {
        // Written though it stays the same: whoever looks again waits until this is committed, or has begun before and is seen here.
        if (await GroupTable.TouchMatchingAsync(session, photo) is not { } group)
            return null;

        return await FaceTable.AreOvertakenAsync(session, photo, group.MatchingVersion) ? group.Id : null;
    }
}

using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Photos;

/// <summary>The second sync point of a photo: distribution starts once, when the last face is decided.</summary>
internal static class DistributionGate
{
    /// <summary>Records that a face of the photo was decided.</summary>
    /// <param name="verdict">named, uncertain, nobody or refused.</param>
    public static async Task DecidedAsync(Session session, IOutbox outbox, PhotoId photo, string verdict, DateTimeOffset now)
    {
        session.AfterCommit(() => Telemetry.FaceDecided(verdict));
        if (await OpenAsync(session, outbox, photo, now))
            await PhotoSteps.EndedAsync(session, photo, "IdentifyFace", null, now);
    }

    /// <summary>Starts the distribution if no face of the photo is undecided.</summary>
    /// <returns>True for the one call that starts it.</returns>
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
    /// A person who gains or loses faces is rematched only in photos whose gate is open. A photo whose gate opens now, with faces matched
    /// before that change, was missed.
    /// </summary>
    /// <returns>The photo's group; null if no person changed since.</returns>
    private static async Task<GroupId?> OvertakenAsync(Session session, PhotoId photo)
    {
        // Written without a change of value: a concurrent rematch waits for this commit, or started before it and is seen here.
        if (await GroupTable.TouchMatchingAsync(session, photo) is not { } group)
            return null;

        return await FaceTable.AreOvertakenAsync(session, photo, group.MatchingVersion) ? group.Id : null;
    }
}

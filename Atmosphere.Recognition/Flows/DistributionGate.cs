using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows;

/// <summary>The second sync point of a photo: it goes to the parents when its last face is decided, once.</summary>
internal static class DistributionGate
{
    /// <summary>A face of the photo was decided.</summary>
    /// <param name="verdict">named, uncertain, nobody or refused.</param>
    public static async Task DecidedAsync(Session session, IOutbox outbox, PhotoId photo, string verdict, DateTimeOffset now)
    {
        session.AfterCommit(() => Telemetry.FaceDecided(verdict));
        if (!await PhotoTable.OpenGateAsync(session, photo, now))
            return;

        await PhotoSteps.EndedAsync(session, photo, "IdentifyFace", null, now);
        await outbox.SendAsync(session, new DistributePhoto(photo));
    }
}

using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Pipeline;

/// <summary>The ways of a photo through the pipeline that must both end before it is complete.</summary>
internal enum Branch
{
    /// <summary>When and with what it was taken.</summary>
    Exif,

    /// <summary>Who is in it.</summary>
    Faces,
}

/// <summary>
/// Where the branches meet again. It opens once, whatever arrives twice, late, or after the photo failed; for a photo without one, nothing
/// happens.
/// </summary>
internal static class SyncPoint
{
    /// <summary>A branch has ended. When it is the last one, the photo is sent on.</summary>
    public static async Task ArriveAsync(Session session, IOutbox outbox, PhotoId photo, Branch branch, DateTimeOffset now)
    {
        if (await SyncPoints.EndBranchAsync(session, photo, branch == Branch.Exif ? "exif_at" : "faces_at", now))
            await outbox.SendAsync(session, new CompletePhoto(photo));
    }
}

using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Pipeline;

/// <summary>The branches of the pipeline, both of which must end before a photo is complete.</summary>
internal enum Branch
{
    /// <summary>EXIF data.</summary>
    Exif,

    /// <summary>Faces.</summary>
    Faces,
}

/// <summary>
/// Joins the branches. It opens once, even if messages are repeated, late, or arrive after a failure; without a sync point it does nothing.
/// </summary>
internal static class SyncPoint
{
    /// <summary>Records the end of a branch. After the last one the photo is completed.</summary>
    public static async Task ArriveAsync(Session session, IOutbox outbox, PhotoId photo, Branch branch, DateTimeOffset now)
    {
        if (await SyncPoints.EndBranchAsync(session, photo, branch == Branch.Exif ? "exif_at" : "faces_at", now))
            await outbox.SendAsync(session, new CompletePhoto(photo));
    }
}

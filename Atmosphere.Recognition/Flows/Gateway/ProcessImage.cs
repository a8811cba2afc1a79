using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>Starts both branches of the pipeline for a photo.</summary>
internal sealed class ProcessImage(FailedPhotos failed, TimeProvider clock) : IStep<RecognisePhoto>, IOnExhausted<RecognisePhoto>
{
    public Task<Effects> HandleAsync(RecognisePhoto message, CancellationToken cancellation) =>
        Task.FromResult(new Effects().Change(async (session, outbox) =>
        {
            if (!await PhotoTable.BeginAsync(session, message.Photo))
                return;

            await SyncPoints.ForkAsync(session, message.Photo);
            await PhotoSteps.EndedAsync(session, message.Photo, nameof(ProcessImage), null, clock.GetUtcNow());
            await outbox.SendAsync(session, new ExtractPhotoExif(message.Photo));
            await outbox.SendAsync(session, new DetectPhotoFaces(message.Photo));
        }));

    public Effects Exhausted(RecognisePhoto message, Exception reason) => failed.NotStarted(message.Photo, nameof(ProcessImage), reason);
}

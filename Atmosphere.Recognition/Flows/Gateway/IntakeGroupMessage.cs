using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>Creates the photo of an image that was posted to a group.</summary>
internal sealed class IntakeGroupMessage(IMediaStore media, FailedPhotos failed, TimeProvider clock) : IStep<GroupMessageReceived>, IOnExhausted<GroupMessageReceived>
{
    public Task<Effects> HandleAsync(GroupMessageReceived message, CancellationToken cancellation)
    {
        var ours = true;
        var effects = new Effects()
            .Change(async (session, outbox) =>
            {
                if (!await GroupTable.IsActiveAsync(session, message.Group))
                    throw new HopelessException($"There is no group '{message.Group}'.");

                if (await TakeAsync(session, message))
                    await outbox.SendAsync(session, new RecognisePhoto(message.Media.PhotoId()));
                else
                    ours = await PhotoTable.FindAsync(session, message.Media.PhotoId()) is not null;
            })
            .Afterwards(() => ours ? Task.CompletedTask : media.DeleteAsync(message.Media, CancellationToken.None));
        return Task.FromResult(effects);
    }

    /// <summary>Marks the photo as failed, so that nothing waits for it; without an active group its file is deleted.</summary>
    public Effects Exhausted(GroupMessageReceived message, Exception reason)
    {
        var nobodys = false;
        return new Effects()
            .Change(async (session, outbox) =>
            {
                nobodys = !await GroupTable.IsActiveAsync(session, message.Group);
                if (nobodys)
                    _ = await InboxTable.TakeAsync(session, message.Group, message.SourceId, message.Media, clock.GetUtcNow());
                else if (await TakeAsync(session, message))
                    await failed.Failed(message.Media.PhotoId(), nameof(IntakeGroupMessage), reason).ApplyAsync(session, outbox);
            })
            .Afterwards(() => nobodys ? media.DeleteAsync(message.Media, CancellationToken.None) : Task.CompletedTask);
    }

    /// <returns>False if the message was handled before.</returns>
    private async Task<bool> TakeAsync(Session session, GroupMessageReceived message)
    {
        var now = clock.GetUtcNow();
        return await InboxTable.TakeAsync(session, message.Group, message.SourceId, message.Media, now) is { } fileName
            && await PhotoTable.AddAsync(
                session,
                new NewPhoto(message.Media.PhotoId(), message.Group, message.SourceId, message.Media, fileName) { Uploader = message.Uploader },
                now);
    }
}

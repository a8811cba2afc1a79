using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Incoming;

/// <summary>Delete files that a conversation no longer needs.</summary>
internal sealed record UploadsDiscarded(IReadOnlyList<MediaKey> Media) : IMessage;

/// <summary>Deletes the files, then their rows, so that a retry after a crash deletes the rest.</summary>
internal sealed class DiscardUploads(IMediaStore media) : IStep<UploadsDiscarded>
{
    public async Task<Effects> HandleAsync(UploadsDiscarded message, CancellationToken cancellation)
    {
        var effects = Effects.None;
        foreach (var key in message.Media)
        {
            await media.DeleteAsync(key, cancellation);
            effects.Change(session => Uploads.RemoveAsync(session, key));
        }

        return effects;
    }
}

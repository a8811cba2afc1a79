using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Incoming;

/// <summary>Delete files that a conversation needs no more.</summary>
internal sealed record UploadsDiscarded(IReadOnlyList<MediaKey> Media) : IMessage;

/// <summary>Deletes the files first, then their rows: a crash in between deletes again.</summary>
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

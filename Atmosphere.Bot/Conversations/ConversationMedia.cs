using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations;

/// <summary>The files that conversations hold on to; the sweep leaves them alone.</summary>
internal sealed class ConversationMedia : IMediaOwner
{
    public Task<IReadOnlyList<MediaKey>> KeysAsync(Session session) => Turns.Uploads.AllAsync(session);
}

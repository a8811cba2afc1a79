using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Storage;

/// <summary>
/// The files owned by conversations, and the pictures of unsent replies. A sent reply contains only a link, which may outlive its picture.
/// </summary>
internal sealed class ConversationMedia : IMediaOwner
{
    public Task<IReadOnlyList<NamedFile>> RowsAsync(Session session) => session.QueryAsync<NamedFile>(
        """
        SELECT 'uploads.media' AS place, media FROM uploads
        UNION ALL SELECT 'replies.media', media FROM replies WHERE media IS NOT NULL AND state IN ('waiting', 'sending')
        """);
}

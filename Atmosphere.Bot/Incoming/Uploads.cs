using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Incoming;

/// <summary>Which files belong to a conversation, so that none of them outlives it.</summary>
internal sealed class Uploads(TimeProvider clock)
{
    public Task AddAsync(Session session, ConversationKey conversation, MediaKey media) =>
        session.ExecuteAsync(
            "INSERT INTO uploads (media, conversation_id, created_at) VALUES (@media, @conversation, @now) ON CONFLICT (media) DO NOTHING",
            new { media = media.Value, conversation = conversation.ToString(), now = clock.GetUtcNow().ToUnixTimeMilliseconds() });

    /// <summary>Somebody else takes care of the file from now on, or it is deleted.</summary>
    public static Task RemoveAsync(Session session, MediaKey media) =>
        session.ExecuteAsync("DELETE FROM uploads WHERE media = @media", new { media = media.Value });
}

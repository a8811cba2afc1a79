using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Storage;

/// <summary>The table uploads: the files owned by conversations, so that no file outlives its conversation.</summary>
internal sealed class Uploads(TimeProvider clock)
{
    public Task AddAsync(Session session, ConversationKey conversation, MediaKey media) =>
        session.ExecuteAsync(
            "INSERT INTO uploads (media, conversation_id, created_at) VALUES (@media, @conversation, @now) ON CONFLICT (media) DO NOTHING",
            new { media = media.Value, conversation = conversation.ToString(), now = clock.GetUtcNow().ToUnixTimeMilliseconds() });

    /// <summary>Releases a file that has a new owner or was deleted.</summary>
    public static Task RemoveAsync(Session session, MediaKey media) =>
        session.ExecuteAsync("DELETE FROM uploads WHERE media = @media", new { media = media.Value });

    public static Task<IReadOnlyList<MediaKey>> OfAsync(Session session, ConversationKey conversation) =>
        session.QueryAsync<MediaKey>("SELECT media FROM uploads WHERE conversation_id = @conversation", new { conversation = conversation.ToString() });

    /// <returns>The number of deleted rows.</returns>
    public static Task<int> ForgetAsync(Session session, ConversationKey conversation) =>
        session.ExecuteAsync("DELETE FROM uploads WHERE conversation_id = @conversation", new { conversation = conversation.ToString() });

    /// <summary>Removes the uploads of conversations in which nothing is open.</summary>
    /// <param name="idle">The dialog in which nothing is open.</param>
    /// <returns>The files that are no longer referenced.</returns>
    public static Task<IReadOnlyList<MediaKey>> ForgetAbandonedAsync(Session session, string idle, DateTimeOffset before) =>
        session.QueryAsync<MediaKey>(
            """
            DELETE FROM uploads WHERE created_at <= @before
                AND NOT EXISTS (SELECT 1 FROM conversations c WHERE c.id = uploads.conversation_id AND c.dialog <> @idle)
                AND NOT EXISTS (SELECT 1 FROM turns t WHERE t.conversation_id = uploads.conversation_id AND t.handled_at IS NULL)
            RETURNING media
            """,
            new { idle, before = before.ToUnixTimeMilliseconds() });
}

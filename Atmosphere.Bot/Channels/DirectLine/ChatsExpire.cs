using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.DirectLine;

/// <summary>
/// Chats in which nothing was said for long: what was said, and the pictures. Somebody's guardian keeps an empty chat, to get photos in;
/// of everybody else nothing stays.
/// </summary>
internal sealed class ChatsExpire(Database database, IMediaStore media, IOptions<ConversationRetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    /// <summary>What the last row of an emptied chat says: it only keeps the watermark from starting again.</summary>
    public const string Forgotten = "";

    private const string Quiet =
        """
        SELECT c.id AS Id, p.id AS Participant, EXISTS (
            SELECT 1 FROM guardians g WHERE g.participant_id = p.id
            UNION SELECT 1 FROM consents s WHERE s.participant_id = p.id
            UNION SELECT 1 FROM media_distributions d WHERE d.participant_id = p.id) AS IsNeeded
        FROM direct_line_conversations c
        LEFT JOIN participants p ON p.channel = 'directline' AND p.address = c.id
        WHERE c.created_at <= @before
            AND NOT EXISTS (SELECT 1 FROM direct_line_activities a WHERE a.conversation_id = c.id AND a.created_at > @before)
            AND NOT EXISTS (SELECT 1 FROM turns t WHERE t.conversation_id = 'directline:' || c.id AND t.handled_at IS NULL)
            AND (NOT IsNeeded OR EXISTS (SELECT 1 FROM direct_line_activities a WHERE a.conversation_id = c.id AND a.body <> ''))
        """;

    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var before = (clock.GetUtcNow() - options.Value.Chats).ToUnixTimeMilliseconds();
        var quiet = await database.ReadAsync(session => session.QueryAsync<Chat>(Quiet, new { before }), cancellation);
        foreach (var chat in quiet)
        {
            foreach (var file in await database.WriteAsync(session => EmptyAsync(session, chat.Id, before), cancellation))
                await media.DeleteAsync(file, cancellation);
        }

        return quiet.Count;
    }

    /// <returns>The files that nobody names any more.</returns>
    private static async Task<IReadOnlyList<MediaKey>> EmptyAsync(Session session, string id, long before)
    {
        // Somebody may have written since it was found.
        if (await session.QuerySingleOrDefaultAsync<Chat>($"{Quiet} AND c.id = @id", new { before, id }) is not { } chat)
            return [];

        var conversation = new ConversationKey(DirectLineChannel.ChannelName, id).ToString();
        var files = await session.QueryAsync<MediaKey>("SELECT media FROM uploads WHERE conversation_id = @conversation", new { conversation });
        await session.ExecuteAsync("DELETE FROM uploads WHERE conversation_id = @conversation", new { conversation });
        await (chat.IsNeeded ? ForgetHistoryAsync(session, id) : DeleteAsync(session, chat, conversation));
        return files;
    }

    private static async Task ForgetHistoryAsync(Session session, string id)
    {
        await session.ExecuteAsync(
            """
            DELETE FROM direct_line_activities WHERE conversation_id = @id
                AND position < (SELECT MAX(position) FROM direct_line_activities WHERE conversation_id = @id)
            """,
            new { id });
        await session.ExecuteAsync("UPDATE direct_line_activities SET body = @Forgotten WHERE conversation_id = @id", new { id, Forgotten });
    }

    private static async Task DeleteAsync(Session session, Chat chat, string conversation)
    {
        await session.ExecuteAsync("DELETE FROM direct_line_activities WHERE conversation_id = @Id", new { chat.Id });
        await session.ExecuteAsync("DELETE FROM direct_line_conversations WHERE id = @Id", new { chat.Id });
        await session.ExecuteAsync("DELETE FROM turns WHERE conversation_id = @conversation", new { conversation });
        await session.ExecuteAsync("DELETE FROM conversations WHERE id = @conversation", new { conversation });
        await session.ExecuteAsync("DELETE FROM group_participants WHERE participant_id = @Participant", new { chat.Participant });
        await session.ExecuteAsync("DELETE FROM participants WHERE id = @Participant", new { chat.Participant });
    }

    private sealed class Chat
    {
        public required string Id { get; init; }

        public ParticipantId? Participant { get; init; }

        public bool IsNeeded { get; init; }
    }
}

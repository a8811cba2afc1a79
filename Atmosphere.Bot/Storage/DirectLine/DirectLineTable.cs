using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Storage;

/// <summary>The tables direct_line_conversations and direct_line_activities.</summary>
internal static class DirectLineTable
{
    /// <summary>The channel of these conversations.</summary>
    public const string Channel = "directline";

    /// <summary>The content of an emptied row, which is kept so that the watermark does not restart.</summary>
    public const string Forgotten = "";

    // Quiet: no message since @before. Needed: the chat of a guardian, kept as an empty one to deliver photos to.
    private const string Quiet =
        """
        SELECT id, participant, is_needed FROM (
            SELECT c.id, p.id AS participant, CASE WHEN EXISTS (
                SELECT 1 FROM guardians g WHERE g.participant_id = p.id
                UNION SELECT 1 FROM consents s WHERE s.participant_id = p.id
                UNION SELECT 1 FROM media_distributions d WHERE d.participant_id = p.id) THEN 1 ELSE 0 END AS is_needed
            FROM direct_line_conversations c
            LEFT JOIN participants p ON p.channel = 'directline' AND p.address = c.id
            WHERE c.created_at <= @before
                AND NOT EXISTS (SELECT 1 FROM direct_line_activities a WHERE a.conversation_id = c.id AND a.created_at > @before)
                AND NOT EXISTS (SELECT 1 FROM turns t WHERE t.conversation_id = 'directline:' || c.id AND t.handled_at IS NULL)) quiet
        WHERE (is_needed = 0 OR EXISTS (SELECT 1 FROM direct_line_activities a WHERE a.conversation_id = quiet.id AND a.body <> ''))
        """;

    /// <returns>True if the conversation is new.</returns>
    public static async Task<bool> StartAsync(Session session, string conversation, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "INSERT INTO direct_line_conversations (id, created_at) VALUES (@conversation, @now) ON CONFLICT (id) DO NOTHING",
            new { conversation, now = now.ToUnixTimeMilliseconds() }) > 0;

    public static async Task<bool> ExistsAsync(Session session, string conversation) =>
        await session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM direct_line_conversations WHERE id = @conversation", new { conversation }) > 0;

    /// <param name="body">JSON.</param>
    /// <returns>The position of the activity; for a known source id that of the first insertion.</returns>
    public static async Task<long> AppendAsync(Session session, string conversation, string sourceId, string body, DateTimeOffset now)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO direct_line_activities (conversation_id, position, source_id, body, created_at)
            SELECT @conversation, COALESCE(MAX(position), 0) + 1, @sourceId, @body, @now
            FROM direct_line_activities WHERE conversation_id = @conversation
            ON CONFLICT (conversation_id, source_id) DO NOTHING
            """,
            new { conversation, sourceId, body = CodeTable.Seal(session.Key, body), now = now.ToUnixTimeMilliseconds() });
        await MentionTable.RecordAsync(session, sourceId, new ConversationKey(Channel, conversation).ToString(), now, body);
        return await session.QuerySingleOrDefaultAsync<long>(
            "SELECT position FROM direct_line_activities WHERE conversation_id = @conversation AND source_id = @sourceId", new { conversation, sourceId });
    }

    /// <summary>The activities after the watermark, oldest first, without emptied rows.</summary>
    public static async Task<IReadOnlyList<StoredActivity>> AfterAsync(Session session, string conversation, long watermark) =>
        [.. (await session.QueryAsync<StoredActivity>(
            """
            SELECT position AS Position, source_id AS SourceId, body AS Body FROM direct_line_activities
            WHERE conversation_id = @conversation AND position > @watermark AND body <> @Forgotten ORDER BY position
            """,
            new { conversation, watermark, Forgotten })).Select(activity => activity with { Body = CodeTable.Open(session.Key, activity.Body) })];

    /// <summary>All activities, including emptied rows.</summary>
    public static Task<IReadOnlyList<StoredActivity>> AllAsync(Session session, string conversation) =>
        session.QueryAsync<StoredActivity>(
            "SELECT position AS Position, source_id AS SourceId, body AS Body FROM direct_line_activities WHERE conversation_id = @conversation ORDER BY position",
            new { conversation });

    /// <returns>When the activity was written, in milliseconds since 1970-01-01 UTC; null if it does not show the picture.</returns>
    public static Task<long?> ShownAtAsync(Session session, string conversation, string sourceId, MediaKey media) =>
        session.QuerySingleOrDefaultAsync<long?>(
            """
            SELECT created_at FROM direct_line_activities
            WHERE conversation_id = @conversation AND source_id = @sourceId AND body LIKE '%' || @media || '%'
            """,
            new { conversation, sourceId, media = media.Value });

    /// <summary>Replaces the content of an activity by what may remain.</summary>
    public static Task<int> RedactAsync(Session session, string conversation, long position, string newSourceId, string body) =>
        session.ExecuteAsync(
            "UPDATE direct_line_activities SET body = @body, source_id = @newSourceId WHERE conversation_id = @conversation AND position = @position",
            new { conversation, position, newSourceId, body });

    /// <summary>Empties activities by source id.</summary>
    /// <returns>The number of emptied rows.</returns>
    public static Task<int> EmptyAsync(Session session, IReadOnlyCollection<string> sourceIds) =>
        session.ExecuteAsync(
            "UPDATE direct_line_activities SET body = @Forgotten, source_id = 'forgotten-' || position WHERE source_id IN @sourceIds", new { sourceIds, Forgotten });

    /// <summary>Empties the activities before a time.</summary>
    /// <returns>The number of emptied rows.</returns>
    public static Task<int> EmptyAsync(Session session, string conversation, long? before) =>
        session.ExecuteAsync(
            """
            UPDATE direct_line_activities SET body = @Forgotten, source_id = 'forgotten-' || position
            WHERE conversation_id = @conversation AND body <> @Forgotten AND created_at < @before
            """,
            new { conversation, before, Forgotten });

    public static Task<int> CountAsync(Session session, IReadOnlyCollection<string> sourceIds) =>
        session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM direct_line_activities WHERE source_id IN @sourceIds", new { sourceIds });

    /// <returns>The number of deleted rows.</returns>
    public static async Task<int> ForgetAsync(Session session, string conversation) =>
        await session.ExecuteAsync("DELETE FROM direct_line_activities WHERE conversation_id = @conversation", new { conversation })
        + await session.ExecuteAsync("DELETE FROM direct_line_conversations WHERE id = @conversation", new { conversation });

    /// <summary>Empties the chat except for the row that keeps the watermark.</summary>
    public static async Task EmptyAsync(Session session, string conversation)
    {
        await session.ExecuteAsync(
            """
            DELETE FROM direct_line_activities WHERE conversation_id = @conversation
                AND position < (SELECT MAX(position) FROM direct_line_activities WHERE conversation_id = @conversation)
            """,
            new { conversation });
        await session.ExecuteAsync("UPDATE direct_line_activities SET body = @Forgotten WHERE conversation_id = @conversation", new { conversation, Forgotten });
    }

    /// <summary>Chats without a message since a time that still have something to delete.</summary>
    public static Task<IReadOnlyList<QuietChat>> QuietAsync(Session session, DateTimeOffset before) =>
        session.QueryAsync<QuietChat>(Quiet, new { before = before.ToUnixTimeMilliseconds() });

    /// <returns>Null if there is a newer message.</returns>
    public static Task<QuietChat?> QuietAsync(Session session, string conversation, DateTimeOffset before) =>
        session.QuerySingleOrDefaultAsync<QuietChat>($"{Quiet} AND id = @conversation", new { conversation, before = before.ToUnixTimeMilliseconds() });
}

/// <param name="Position">The watermark of the activity, from 1.</param>
internal sealed record StoredActivity(long Position, string SourceId, string Body);

/// <summary>A quiet chat.</summary>
internal sealed record QuietChat
{
    public string Id { get; init; } = "";

    /// <summary>Null if the user never wrote.</summary>
    public ParticipantId? Participant { get; init; }

    /// <summary>True if the chat is kept, emptied, because photos are delivered to it.</summary>
    public bool IsNeeded { get; init; }
}

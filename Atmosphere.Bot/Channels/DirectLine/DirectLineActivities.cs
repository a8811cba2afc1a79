using System.Globalization;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Recognition.Storage;
using Microsoft.Bot.Schema;

namespace Atmosphere.Bot.Channels.DirectLine;

/// <summary>The history of conversations. An activity is inserted once per source id.</summary>
internal sealed class DirectLineActivities(TimeProvider clock)
{
    public static string IdOf(string conversation, long position) =>
        string.Create(CultureInfo.InvariantCulture, $"{conversation}|{position:D7}");

    /// <returns>Whether the conversation is new.</returns>
    public async Task<bool> StartAsync(Session session, string conversation) =>
        await session.ExecuteAsync(
            "INSERT INTO direct_line_conversations (id, created_at) VALUES (@conversation, @now) ON CONFLICT (id) DO NOTHING",
            new { conversation, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }) > 0;

    public static async Task<bool> ExistsAsync(Session session, string conversation) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM direct_line_conversations WHERE id = @conversation", new { conversation }) > 0;

    /// <returns>The position of the activity, that of its first insertion where the source id is known.</returns>
    public async Task<long> AppendAsync(Session session, string conversation, string sourceId, Activity activity)
    {
        var now = clock.GetUtcNow();
        activity.Timestamp = now;
        await session.ExecuteAsync(
            """
            INSERT INTO direct_line_activities (conversation_id, position, source_id, body, created_at)
            SELECT @conversation, COALESCE(MAX(position), 0) + 1, @sourceId, @body, @now
            FROM direct_line_activities WHERE conversation_id = @conversation
            ON CONFLICT (conversation_id, source_id) DO NOTHING
            """,
            new { conversation, sourceId, body = ActivityJson.Write(activity), now = now.ToUnixTimeMilliseconds() });
        return await session.QuerySingleOrDefaultAsync<long>(
            "SELECT position FROM direct_line_activities WHERE conversation_id = @conversation AND source_id = @sourceId",
            new { conversation, sourceId });
    }

    /// <summary>What came after the watermark, oldest first.</summary>
    public static async Task<IReadOnlyList<StoredActivity>> AfterAsync(Session session, string conversation, long watermark) =>
        await session.QueryAsync<StoredActivity>(
            """
            SELECT position AS Position, source_id AS SourceId, body AS Body FROM direct_line_activities
            WHERE conversation_id = @conversation AND position > @watermark AND body <> @forgotten ORDER BY position
            """,
            new { conversation, watermark, forgotten = ChatsExpire.Forgotten });
}

/// <param name="Position">The watermark of the activity, from 1.</param>
internal sealed record StoredActivity(long Position, string SourceId, string Body);

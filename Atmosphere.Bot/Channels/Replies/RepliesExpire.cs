using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.Replies;

/// <summary>Replies: first the words and the picture, and with the inbox the ids.</summary>
internal sealed class RepliesExpire(
    Database database, IOptions<ConversationRetentionOptions> options, IOptions<RetentionOptions> inbox, TimeProvider clock) : ITimeToLive
{
    public Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var times = new
        {
            delivered = (now - options.Value.Replies).ToUnixTimeMilliseconds(),
            undelivered = (now - options.Value.UndeliveredReplies).ToUnixTimeMilliseconds(),
            seen = (now - inbox.Value.Inbox).ToUnixTimeMilliseconds(),
        };
        return database.WriteAsync(
            async session =>
            {
                var forgotten = await session.ExecuteAsync(
                    """
                    UPDATE replies SET body = NULL, media = NULL
                    WHERE (body IS NOT NULL OR media IS NOT NULL) AND (
                        created_at <= @undelivered
                        OR (state = 'sent' AND sent_at <= @delivered)
                        OR (state = 'answered' AND created_at <= @delivered))
                    """,
                    times);
                return forgotten + await session.ExecuteAsync(
                    "DELETE FROM replies WHERE body IS NULL AND media IS NULL AND created_at <= @seen", times);
            },
            cancellation);
    }
}

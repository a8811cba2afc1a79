using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>What Slack told, as long as it may tell it again; and homes that nobody opens any more.</summary>
internal sealed class SlackRequestsExpire(Database database, IOptions<RetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    // Slack goes on showing a home that was drawn once: as long as its row is there, it is drawn anew when somebody is forgotten.
    private static readonly TimeSpan _homesLast = TimeSpan.FromDays(365);

    public Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var row = new { before = (now - options.Value.Inbox).ToUnixTimeMilliseconds() };
        var answers = new { before = (now - SlackInbox.AnswersLast).ToUnixTimeMilliseconds() };
        var homes = new { before = (now - _homesLast).ToUnixTimeMilliseconds() };
        return database.WriteAsync(
            async session =>
                await session.ExecuteAsync("UPDATE slack_requests SET answer = NULL WHERE answer IS NOT NULL AND received_at <= @before", answers)
                + await session.ExecuteAsync("DELETE FROM slack_requests WHERE received_at <= @before", row)
                + await session.ExecuteAsync("DELETE FROM slack_homes WHERE opened_at <= @before", homes),
            cancellation);
    }
}

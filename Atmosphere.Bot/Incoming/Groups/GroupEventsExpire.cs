using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Incoming.Groups;

/// <summary>What carriers told, photos that nobody could fetch, and departures: as long as a repeated or late delivery may still come.</summary>
internal sealed class GroupEventsExpire(Database database, IOptions<RetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    public Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var before = clock.GetUtcNow() - options.Value.Inbox;
        var row = new { before = before.ToUnixTimeMilliseconds() };
        return database.WriteAsync(
            async session =>
                await session.ExecuteAsync("DELETE FROM group_events WHERE received_at <= @before", row)
                + await session.ExecuteAsync("DELETE FROM group_files WHERE received_at <= @before", row)
                + await GroupMembers.ForgetDeparturesAsync(session, before),
            cancellation);
    }
}

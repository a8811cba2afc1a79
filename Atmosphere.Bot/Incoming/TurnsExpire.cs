using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Incoming;

/// <summary>Turns, wherever they stand. Their words went when they were answered; until now their ids told a repeated message.</summary>
internal sealed class TurnsExpire(Database database, IOptions<RetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    public Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var seen = (clock.GetUtcNow() - options.Value.Inbox).ToUnixTimeMilliseconds();
        return database.WriteAsync(session => session.ExecuteAsync("DELETE FROM turns WHERE received_at <= @seen", new { seen }), cancellation);
    }
}

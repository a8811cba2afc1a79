using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Ids of messages that came in; and the files of those that nobody took in for long, which the sweep then finds.</summary>
internal sealed class InboxExpires(Database database, IOptions<RetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    public Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var times = new
        {
            seen = (now - options.Value.Inbox).ToUnixTimeMilliseconds(),
            undelivered = (now - options.Value.UndeliveredPhotos).ToUnixTimeMilliseconds(),
        };
        return database.WriteAsync(
            async session =>
            {
                _ = await session.ExecuteAsync("UPDATE inbox SET media = NULL, file_name = NULL WHERE media IS NOT NULL AND received_at <= @undelivered", times);
                return await session.ExecuteAsync("DELETE FROM inbox WHERE received_at <= @seen", times);
            },
            cancellation);
    }
}

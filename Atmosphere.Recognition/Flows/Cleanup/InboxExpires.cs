using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Ids of messages that came in; and the files of those that nobody took in for long.</summary>
internal sealed class InboxExpires(Database database, IMediaStore media, IOptions<RetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var times = new
        {
            seen = (now - options.Value.Inbox).ToUnixTimeMilliseconds(),
            undelivered = (now - options.Value.UndeliveredPhotos).ToUnixTimeMilliseconds(),
        };
        var due = await database.ReadAsync(
            session => session.QuerySingleOrDefaultAsync<long>(
                """
                SELECT (SELECT COUNT(*) FROM inbox WHERE received_at <= @seen)
                    + (SELECT COUNT(*) FROM inbox WHERE media IS NOT NULL AND received_at <= @undelivered)
                """,
                times),
            cancellation);
        if (due == 0)
            return 0;

        var (count, files) = await database.WriteAsync(
            async session =>
            {
                var files = await session.QueryAsync<MediaKey>("SELECT media FROM inbox WHERE media IS NOT NULL AND received_at <= @undelivered", times);
                _ = await session.ExecuteAsync("UPDATE inbox SET media = NULL, file_name = NULL WHERE media IS NOT NULL AND received_at <= @undelivered", times);
                return (await session.ExecuteAsync("DELETE FROM inbox WHERE received_at <= @seen", times), files);
            },
            cancellation);
        foreach (var file in files)
            await media.DeleteAsync(file, cancellation);
        return count;
    }
}

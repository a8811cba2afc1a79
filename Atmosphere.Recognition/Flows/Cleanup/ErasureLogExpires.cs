using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Removes old lines of the log of erasures and withdrawals, except those of erasures that have not ended.</summary>
internal sealed class ErasureLogExpires(Database database, ErasureLog log, IOptions<RetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    public string Kind => "erasure log";

    public bool LooksAtEverything => true;

    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var before = now - options.Value.ErasureLog;
        if (!await log.HasBeforeAsync(before, cancellation))
            return 0;
        // First: a database that does not know how old it is would be taken for one that the log does not reach.
        var open = await database.WriteAsync(
            async session =>
            {
                await WithdrawalTable.SetAliveAsync(session, now);
                return await ErasureTable.OpenAsync(session);
            },
            cancellation);
        return await log.ShortenAsync(before, open.ToHashSet(StringComparer.Ordinal), cancellation);
    }
}

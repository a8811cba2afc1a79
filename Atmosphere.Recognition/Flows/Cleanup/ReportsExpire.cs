using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>What operators were told of photos and clusters, the table of photos, and messages that nobody could handle.</summary>
internal sealed class ReportsExpire(Database database, IOptions<RetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        (string Table, string Column, TimeSpan Time)[] tables =
        [
            ("notifications", "created_at", options.Value.Notifications),
            ("cluster_changes", "at", options.Value.Notifications),
            ("image_table", "received_at", options.Value.ImageTable),
            ("dead_letters", "died_at", options.Value.DeadLetters),
        ];
        var expired = 0;
        foreach (var (table, column, time) in tables)
            expired += await DueRows.DeleteAsync(database, $"FROM {table} WHERE {column} <= @before", now - time, cancellation);
        return expired;
    }
}

using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>
/// Copies withdrawals from the database to the log outside it, every second. At start, before anything is sent, also the other way: log
/// lines beyond the database's last known line mean that an older copy of the database was restored.
/// </summary>
internal sealed class WithdrawalsToLog(
    Database database, IOutbox outbox, ErasureLog log, TimeProvider clock, ILogger<WithdrawalsToLog> logger) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var lines = await log.WithdrawalsAsync(cancellationToken);
        var (mark, waiting) = await database.ReadAsync(
            async session => (await WithdrawalTable.MarkAsync(session), (await WithdrawalTable.ListAsync(session)).Select(row => row.Id).ToHashSet()), cancellationToken);
        var isKnown = lines.Any(line => line.Line == mark);
        // Retention has removed the line of the mark: all that are left came after it.
        var isShortened = mark is not null && !isKnown && await log.BeginsAsync(cancellationToken) is not null;
        var newer = mark is null || isShortened ? lines : [.. lines.SkipWhile(line => line.Line != mark).Skip(1)];
        if (mark is not null && !isShortened && lines.Count > 0 && !isKnown)
            logger.LogWarning("The log {Path} is not the one that this database wrote last; what was withdrawn since cannot be known", log.Path);
        if (newer.Count == 0)
            return;

        // After a crash between writing the log and the database, the rows are still waiting.
        var isOlder = newer.Any(line => !waiting.Contains(line.Line));
        var taken = await database.WriteAsync(
            async session =>
            {
                var count = isOlder ? await WithdrawnBefore.ApplyAsync(session, outbox, newer) : 0;
                if (isOlder)
                    await UnverifiedGroups.AddAllAsync(session, clock.GetUtcNow());
                await WithdrawalTable.LoggedAsync(session, [.. newer.Select(line => line.Line)]);
                return count;
            },
            cancellationToken);
        if (isOlder)
        {
            logger.LogWarning(
                "This database is an older copy: {Count} rights that were withdrawn since are withdrawn again. No photo of a chat group is sent before its carrier has said who is in it",
                taken);
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => WriteAsync(CancellationToken.None);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval, clock);
        do
        {
            try
            {
                await WriteAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                logger.LogError(error, "Withdrawals could not be written to {Path}; trying again", log.Path);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task WriteAsync(CancellationToken cancellation)
    {
        var rows = await database.ReadAsync(WithdrawalTable.ListAsync, cancellation);
        if (rows.Count == 0)
            return;

        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await log.AppendAsync(
            [.. rows.Select(row => new Withdrawal(at, row.Kind, row.Id, row.OfId, row.FromId))], cancellation);
        await database.WriteAsync(session => WithdrawalTable.LoggedAsync(session, [.. rows.Select(row => row.Id)]), CancellationToken.None);
    }
}

using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>
/// Compares the erasure log with the tables before anything else runs. Erased people and groups that a restored backup brought back are
/// marked at once, so that nothing is sent, and erased again by the same flow.
/// </summary>
internal sealed class EraseRestoredAtStart(Database database, ErasureLog log, Erasures erasures, TimeProvider clock, ILogger<EraseRestoredAtStart> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await RefuseTooOldAsync(cancellationToken);
        var stones = await log.ReadAsync(cancellationToken);
        var back = 0;
        foreach (var some in stones.Chunk(100))
            back += await database.WriteAsync(session => EraseAsync(session, some), cancellationToken);
        if (back > 0)
        {
            await database.WriteAsync(session => UnverifiedGroups.AddAllAsync(session, clock.GetUtcNow()), cancellationToken);
            logger.LogWarning("{Count} persons, participants or groups that were erased are in the database again, as after restoring a backup; they are erased once more", back);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="DataFolderException">The log begins after the database was last in use.</exception>
    private async Task RefuseTooOldAsync(CancellationToken cancellation)
    {
        var alive = await database.ReadAsync(WithdrawalTable.AliveAsync, cancellation);
        if (await log.BeginsAsync(cancellation) is { } begins && alive < begins)
        {
            throw new DataFolderException(
                $"The database is a copy of {alive:yyyy-MM-dd}, and the log {log.Path} begins on {begins:yyyy-MM-dd}: who was erased in between cannot be known. "
                + "Restore a newer backup; delete backups that are older than Atmosphere:Retention:ErasureLog.");
        }

        await database.WriteAsync(session => WithdrawalTable.SetAliveAsync(session, clock.GetUtcNow()), cancellation);
    }

    private async Task<int> EraseAsync(Session session, IEnumerable<Tombstone> stones)
    {
        var back = 0;
        foreach (var stone in stones)
            back += await EraseAsync(session, stone) ? 1 : 0;
        return back;
    }

    /// <returns>True if it exists again.</returns>
    private async Task<bool> EraseAsync(Session session, Tombstone stone)
    {
        var back = stone.Kind switch
        {
            "person" => await PersonTable.IsBackAsync(session, stone.Id, stone.At),
            "participant" => await ParticipantTable.IsBackAsync(session, stone.Id, stone.At),
            "group" => await GroupTable.IsBackAsync(session, stone.Id, stone.At),
            _ => false,
        };
        if (!back)
            return false;

        switch (stone.Kind)
        {
            case "person":
                _ = await erasures.RemoveAsync(session, new PersonId(stone.Id), receiver: null, silently: true);
                break;
            case "participant":
                await erasures.ForgetAsync(session, new ParticipantId(stone.Id), silently: true);
                break;
            default:
                await erasures.EndGroupAsync(session, new GroupId(stone.Id));
                break;
        }

        return true;
    }
}

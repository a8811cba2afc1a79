using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Atmosphere.Recognition.Storage;

/// <summary>The one writer: takes all changes that wait, runs each under its own savepoint and commits them together.</summary>
internal sealed class GroupWriter : IDisposable
{
    private const int LargestGroup = 128;
    private const int DiskFull = 13;

    private static readonly AsyncLocal<bool> _inside = new();

    private readonly Channel<WaitingChange> _waiting =
        Channel.CreateUnbounded<WaitingChange>(new UnboundedChannelOptions { SingleReader = true });

    private readonly SqliteConnection _connection;
    private readonly string _folder;
    private readonly Task _loop;

    /// <param name="connection">Now the writer's own.</param>
    /// <param name="folder">For messages.</param>
    public GroupWriter(SqliteConnection connection, string folder)
    {
        _connection = connection;
        _folder = folder;
        _loop = Task.Run(LoopAsync);
    }

    public Task WriteAsync(Func<Session, Task> change, CancellationToken cancellation)
    {
        if (_inside.Value)
            throw new InvalidOperationException("A change called the database again. Use the session that it was given.");

        var waiting = new WaitingChange(change, cancellation);
        ObjectDisposedException.ThrowIf(!_waiting.Writer.TryWrite(waiting), this);
        return waiting.Committed;
    }

    /// <summary>Finishes what waits, then closes.</summary>
    public void Dispose()
    {
        _ = _waiting.Writer.TryComplete();
        _loop.GetAwaiter().GetResult();
        _connection.Dispose();
    }

    private async Task LoopAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
            await CommitGroupAsync();
    }

    private async Task CommitGroupAsync()
    {
        var group = new List<(WaitingChange Change, Session Session)>();
        try
        {
            await using var transaction = _connection.BeginTransaction(deferred: false);
            while (group.Count < LargestGroup && _waiting.Reader.TryRead(out var change))
            {
                var session = new Session(_connection, transaction);
                group.Add((change, session));
                if (!await RunAsync(change, session, transaction))
                    group.RemoveAt(group.Count - 1);
            }

            await transaction.CommitAsync();
        }
        catch (Exception error)
        {
            // Also where SQLite itself gave up the whole transaction: then no change of the group is kept, and each caller is told.
            foreach (var (change, _) in group)
                change.Fail(Clear(error));
            if (group.Count == 0 && _waiting.Reader.TryRead(out var unlucky))
                unlucky.Fail(Clear(error));
            return;
        }

        foreach (var (change, session) in group)
        {
            session.Committed();
            change.Succeed();
        }
    }

    private async Task<bool> RunAsync(WaitingChange change, Session session, SqliteTransaction transaction)
    {
        if (change.IsCancelled)
            return false;

        transaction.Save("change");
        try
        {
            await change.RunAsync(session, _inside);
            transaction.Release("change");
            return true;
        }
        catch (Exception error)
        {
            change.Fail(Clear(error));
            if (!TryUndo(transaction))
                throw;
            return false;
        }
    }

    private static bool TryUndo(SqliteTransaction transaction)
    {
        try
        {
            transaction.Rollback("change");
            transaction.Release("change");
            return true;
        }
        catch (Exception error) when (error is SqliteException or InvalidOperationException)
        {
            return false;
        }
    }

    private Exception Clear(Exception error) =>
        error is SqliteException { SqliteErrorCode: DiskFull } ? new StorageFullException(_folder, error) : error;
}

using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Polly;
using SQLitePCL;

namespace Atmosphere.Recognition.Storage;

/// <summary>Group commit: one writer takes all waiting changes, runs each under its own savepoint and commits them together.</summary>
internal sealed class GroupWriter : IDisposable
{
    private const int LargestGroup = 128;
    private const int DiskFull = 13;

    private static readonly AsyncLocal<bool> _inside = new();

    private readonly Channel<WaitingChange> _waiting =
        Channel.CreateUnbounded<WaitingChange>(new UnboundedChannelOptions { SingleReader = true });

    private readonly ResiliencePipeline _beginning = QuickRetries.When(QuickRetries.IsPassing, TimeProvider.System);
    private readonly ResiliencePipeline _committing = QuickRetries.When(QuickRetries.IsStillOpen, TimeProvider.System);
    private readonly PreparedConnection _connection;
    private readonly string _folder;
    private readonly DataKey _key;
    private readonly Action? _beforeCall;
    private readonly Task _loop;
    private long _commits;

    /// <param name="connection">Owned by the writer from now on.</param>
    /// <param name="folder">For error messages.</param>
    /// <param name="key">For the sessions.</param>
    /// <param name="beforeCall">Runs before a transaction begins or commits.</param>
    public GroupWriter(PreparedConnection connection, string folder, DataKey key, Action? beforeCall)
    {
        _connection = connection;
        _folder = folder;
        _key = key;
        _beforeCall = beforeCall;
        _loop = Task.Run(LoopAsync);
    }

    public long Commits => Interlocked.Read(ref _commits);

    public Task WriteAsync(Func<Session, Task> change, CancellationToken cancellation)
    {
        if (_inside.Value)
            throw new InvalidOperationException("A change called the database again. Use the session that it was given.");

        var waiting = new WaitingChange(change, cancellation);
        ObjectDisposedException.ThrowIf(!_waiting.Writer.TryWrite(waiting), this);
        return waiting.Committed;
    }

    /// <summary>Finishes waiting changes, then closes.</summary>
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
            await using var transaction = await _beginning.ExecuteAsync(static (writer, _) => ValueTask.FromResult(writer.Begin()), this);
            try
            {
                await RunAndCommitAsync(group, transaction);
            }
            catch
            {
                LetDriverRollBack(transaction);
                throw;
            }
        }
        catch (Exception error)
        {
            // If no transaction could begin, all waiting callers fail. If SQLite rolled back the whole transaction, no change of the group
            // is kept, and each caller fails.
            var failed = group.Count > 0 ? [.. group.Select(member => member.Change)] : Waiting();
            foreach (var change in failed)
                change.Fail(Clear(error));
            return;
        }

        foreach (var (change, session) in group)
        {
            session.Committed();
            change.Succeed();
        }
    }

    private async Task RunAndCommitAsync(List<(WaitingChange Change, Session Session)> group, SqliteTransaction transaction)
    {
        while (group.Count < LargestGroup && _waiting.Reader.TryRead(out var change))
        {
            var session = new Session(_connection, transaction, _key);
            group.Add((change, session));
            if (!await RunAsync(change, session, transaction))
                group.RemoveAt(group.Count - 1);
        }

        await _committing.ExecuteAsync(
            static (call, _) =>
            {
                call.Writer.Commit(call.Transaction);
                return ValueTask.CompletedTask;
            },
            (Writer: this, Transaction: transaction));
        _ = Interlocked.Increment(ref _commits);
    }

    /// <summary>
    /// After a failed commit, for example on a full disk, SQLite has rolled back already. The driver then rolls back again, fails, and
    /// keeps treating the transaction as open; an empty transaction gives it something to end. If the driver noticed SQLite's rollback, as
    /// it does within a change, it refuses the empty transaction and needs nothing.
    /// </summary>
    private void LetDriverRollBack(SqliteTransaction transaction)
    {
        if (raw.sqlite3_get_autocommit(_connection.Connection.Handle) == 0)
            return;

        try
        {
            Run("BEGIN", transaction);
        }
        catch (InvalidOperationException)
        {
            // The transaction has ended for the driver, too; callers get the original error.
        }
    }

    /// <summary>Takes all changes that are waiting now, but not those that a notified caller sends next.</summary>
    private List<WaitingChange> Waiting()
    {
        var waiting = new List<WaitingChange>();
        while (_waiting.Reader.TryRead(out var change))
            waiting.Add(change);
        return waiting;
    }

    private SqliteTransaction Begin()
    {
        _beforeCall?.Invoke();
        return _connection.Connection.BeginTransaction(deferred: false);
    }

    private void Commit(SqliteTransaction transaction)
    {
        _beforeCall?.Invoke();
        transaction.Commit();
    }

    private async Task<bool> RunAsync(WaitingChange change, Session session, SqliteTransaction transaction)
    {
        if (change.IsCancelled)
            return false;

        Run("SAVEPOINT change", transaction);
        try
        {
            await change.RunAsync(session, _inside);
            Run("RELEASE change", transaction);
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

    private void Run(string sql, SqliteTransaction transaction) => _ = _connection.Command(sql, transaction, []).ExecuteNonQuery();

    private bool TryUndo(SqliteTransaction transaction)
    {
        try
        {
            Run("ROLLBACK TO change", transaction);
            Run("RELEASE change", transaction);
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

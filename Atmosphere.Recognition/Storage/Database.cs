using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Polly;

namespace Atmosphere.Recognition.Storage;

/// <summary>
/// The SQLite database of one data folder. Reads run in parallel, each on a snapshot of its start. Writes run one after the other, and
/// concurrent writes share one flush to disk.
/// </summary>
public sealed class Database : IDisposable
{
    // busy_timeout: a checkpoint or an operator's command beside the server may hold the write lock for a moment.
    private const string WriterPragmas =
        "PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON; PRAGMA synchronous = ";

    private readonly ConcurrentBag<PreparedConnection> _readers = [];
    private readonly ResiliencePipeline _again = QuickRetries.When(QuickRetries.IsPassing, TimeProvider.System);
    private readonly Action? _beforeCall;
    private readonly DataFolderLock? _lock;
    private readonly GroupWriter _writer;
    private readonly string _connectionString;

    /// <param name="folder">The data folder; created if missing.</param>
    /// <param name="beside">True for an operator's command beside a running server: does not take the folder's lock.</param>
    /// <param name="durable">False for measurements: commits do not wait for the disk, and a power cut may lose the latest ones.</param>
    /// <exception cref="DataFolderException">The folder is not writable, or another running Atmosphere owns it.</exception>
    public Database(string folder, bool beside = false, bool durable = true)
        : this(folder, beside, durable, null)
    {
    }

    /// <param name="beforeCall">Runs before a transaction begins or commits; may throw the errors that SQLite could throw there.</param>
    internal Database(string folder, bool beside, bool durable, Action? beforeCall)
    {
        _beforeCall = beforeCall;
        SqliteLibrary.Use();
        SqlTypes.Register();
        Folder = System.IO.Path.GetFullPath(folder);
        Path = System.IO.Path.Combine(Folder, "atmosphere.db");
        _lock = beside ? null : DataFolderLock.Take(Folder);
        Key = KeyOf(Folder, Path, _lock);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = Path, ForeignKeys = true, DefaultTimeout = 30, Pooling = false }.ToString();
        try
        {
            _writer = new GroupWriter(Open(WriterPragmas + (durable ? "FULL;" : "NORMAL;")), Folder, Key, beforeCall);
        }
        catch (SqliteException error)
        {
            _lock?.Dispose();
            throw new DataFolderException($"The database {Path} cannot be opened: {error.Message} Name another folder with --data.", error);
        }
    }

    /// <summary>Whether a running server owns the data folder.</summary>
    public static bool IsOwned(string folder) => DataFolderLock.IsTaken(System.IO.Path.GetFullPath(folder));

    /// <summary>The data folder, absolute.</summary>
    public string Folder { get; }

    /// <summary>The key for hashing and encrypting values in rows.</summary>
    public DataKey Key { get; }

    /// <summary>The database file.</summary>
    public string Path { get; }

    /// <summary>Number of commits since opening; in a durable database each was one flush to disk.</summary>
    public long Commits => _writer.Commits;

    /// <summary>Reads committed data without waiting for writers.</summary>
    /// <param name="query">Repeated after a transient database error: it must only read.</param>
    public async Task<T> ReadAsync<T>(Func<Session, Task<T>> query, CancellationToken cancellation = default) =>
        await _again.ExecuteAsync(
            static (call, _) => new ValueTask<T>(call.Database.ReadOnceAsync(call.Query)), (Database: this, Query: query), cancellation);

    /// <summary>
    /// Runs <paramref name="change"/> in a transaction; if it throws, nothing is changed. Inside, write only
    /// through its session, not through the database.
    /// </summary>
    /// <exception cref="StorageFullException">The disk is full; nothing was changed.</exception>
    /// <exception cref="SqliteException">Nothing was changed; retries after a transient error have failed.</exception>
    public async Task<T> WriteAsync<T>(Func<Session, Task<T>> change, CancellationToken cancellation = default)
    {
        var result = default(T);
        await _writer.WriteAsync(async session => result = await change(session), cancellation);
        return result!;
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<Session, Task> change, CancellationToken cancellation = default) =>
        _writer.WriteAsync(change, cancellation);

    /// <summary>
    /// Empties the write-ahead log into the database, so that deleted data is gone from its files. Waits up to five seconds for readers;
    /// after that, later commits do it.
    /// </summary>
    /// <returns>False if readers kept the log from being emptied.</returns>
    public async Task<bool> TruncateLogAsync(CancellationToken cancellation = default)
    {
        using var connection = Open("PRAGMA busy_timeout = 5000;");
        await using var checkpoint = connection.Connection.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE);";
        return await checkpoint.ExecuteScalarAsync(cancellation) is 0L;
    }

    /// <summary>Copies the database into one file while it is used: the state of one moment. Nobody waits for it.</summary>
    /// <param name="file">Must not exist.</param>
    public void CopyTo(string file)
    {
        using var source = Open("PRAGMA busy_timeout = 30000;");
        using var copy = new SqliteConnection(FileOnly(file));
        copy.Open();
        source.Connection.BackupDatabase(copy);
        using var alone = copy.CreateCommand();
        // Without a log beside it.
        alone.CommandText = "PRAGMA journal_mode = DELETE;";
        _ = alone.ExecuteScalar();
    }

    /// <summary>What SQLite finds wrong with a database file.</summary>
    /// <returns>Null: nothing.</returns>
    public static string? Damage(string file)
    {
        SqliteLibrary.Use();
        try
        {
            using var copy = new SqliteConnection(FileOnly(file));
            copy.Open();
            using var check = copy.CreateCommand();
            check.CommandText = "PRAGMA integrity_check;";
            return check.ExecuteScalar() is string said and not "ok" ? said : null;
        }
        catch (SqliteException error)
        {
            return error.Message;
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        while (_readers.TryTake(out var connection))
            connection.Dispose();
        _lock?.Dispose();
    }

    private async Task<T> ReadOnceAsync<T>(Func<Session, Task<T>> query)
    {
        _beforeCall?.Invoke();
        if (!_readers.TryTake(out var connection))
            connection = Open("PRAGMA query_only = ON;");
        try
        {
            await using var transaction = connection.Connection.BeginTransaction(deferred: true);
            return await query(new Session(connection, transaction, Key));
        }
        finally
        {
            _readers.Add(connection);
        }
    }

    private static DataKey KeyOf(string folder, string path, DataFolderLock? taken)
    {
        try
        {
            return DataKey.Of(folder, isNew: !File.Exists(path));
        }
        catch
        {
            taken?.Dispose();
            throw;
        }
    }

    private static string FileOnly(string file) => new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString();

    private PreparedConnection Open(string pragmas)
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = pragmas;
        command.ExecuteNonQuery();
        return new PreparedConnection(connection);
    }
}

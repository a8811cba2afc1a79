using System.Data.Common;
using System.Diagnostics;
using Dapper;

namespace Atmosphere.Recognition.Storage;

/// <summary>A transaction, passed to the code that reads or writes; it is committed when that code returns.</summary>
public sealed class Session
{
    private readonly PreparedConnection _prepared;
    private readonly DbTransaction _transaction;
    private List<Action>? _afterCommit;

    internal Session(PreparedConnection prepared, DbTransaction transaction, DataKey key)
    {
        Key = key;
        _prepared = prepared;
        _transaction = transaction;
    }

    /// <summary>The key for hashing and encrypting values in rows.</summary>
    public DataKey Key { get; }

    private DbConnection Connection => _prepared.Connection;

    /// <summary>Runs SQL that changes rows.</summary>
    /// <returns>The number of changed rows.</returns>
    public Task<int> ExecuteAsync(string sql, object? arguments = null) =>
        Connection.ExecuteAsync(sql, arguments, _transaction);

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? arguments = null) =>
        (await Connection.QueryAsync<T>(sql, arguments, _transaction)).AsList();

    /// <returns>The only row, or null if there is none.</returns>
    public Task<T?> QuerySingleOrDefaultAsync<T>(string sql, object? arguments = null) =>
        Connection.QuerySingleOrDefaultAsync<T>(sql, arguments, _transaction);

    /// <summary>As <see cref="ExecuteAsync"/>, with a prepared command, for SQL that runs with every message.</summary>
    internal Task<int> ExecutePreparedAsync(string sql, params ReadOnlySpan<(string Name, object? Value)> values) =>
        _prepared.Command(sql, _transaction, values).ExecuteNonQueryAsync();

    /// <summary>The first row, or the default if there is none, with a prepared command, for SQL that runs with every message.</summary>
    internal Task<T?> QueryPreparedAsync<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values) =>
        FirstAsync(_prepared.Command(sql, _transaction, values), read);

    /// <summary>
    /// Runs the action after the commit; not after a rollback. It must be quick. Its exceptions are only logged, since the changes are
    /// committed.
    /// </summary>
    internal void AfterCommit(Action action) => (_afterCommit ??= []).Add(action);

    internal void Committed()
    {
        foreach (var action in _afterCommit ?? [])
        {
            try
            {
                action();
            }
            catch (Exception error)
            {
                Trace.TraceError($"What follows a commit failed: {error}");
            }
        }
    }

    private static async Task<T?> FirstAsync<T>(DbCommand command, Func<DbDataReader, T> read)
    {
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync() ? read(rows) : default;
    }
}

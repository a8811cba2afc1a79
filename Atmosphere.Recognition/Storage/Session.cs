using System.Data.Common;
using Dapper;

namespace Atmosphere.Recognition.Storage;

/// <summary>One transaction on the database, lent to the code that reads or writes; it commits when that code returns.</summary>
public sealed class Session
{
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;
    private List<Action>? _afterCommit;

    internal Session(DbConnection connection, DbTransaction transaction)
    {
        _connection = connection;
        _transaction = transaction;
    }

    /// <summary>Runs SQL that changes rows.</summary>
    /// <returns>How many rows it changed.</returns>
    public Task<int> ExecuteAsync(string sql, object? arguments = null) =>
        _connection.ExecuteAsync(sql, arguments, _transaction);

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? arguments = null) =>
        (await _connection.QueryAsync<T>(sql, arguments, _transaction)).AsList();

    /// <returns>The only row, or null where there is none.</returns>
    public Task<T?> QuerySingleOrDefaultAsync<T>(string sql, object? arguments = null) =>
        _connection.QuerySingleOrDefaultAsync<T>(sql, arguments, _transaction);

    /// <summary>Runs once the changes are on the disk; not at all when they are rolled back. It must be quick and must not throw.</summary>
    internal void AfterCommit(Action action) => (_afterCommit ??= []).Add(action);

    internal void Committed() => _afterCommit?.ForEach(action => action());
}

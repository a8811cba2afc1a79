using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Atmosphere.Recognition.Storage;

/// <summary>A connection that keeps prepared commands for the statements that run with every message.</summary>
internal sealed class PreparedConnection(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _kept = [];

    public SqliteConnection Connection => connection;

    /// <summary>The prepared command with these values. Calls with the same SQL reuse the same command.</summary>
    public DbCommand Command(string sql, DbTransaction transaction, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!_kept.TryGetValue(sql, out var command))
        {
            _kept[sql] = command = connection.CreateCommand();
            command.CommandText = sql;
        }

        command.Transaction = transaction;
        command.Parameters.Clear();
        foreach (var (name, value) in values)
            ((SqliteParameterCollection)command.Parameters).AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    public void Dispose()
    {
        foreach (var command in _kept.Values)
            command.Dispose();
        connection.Dispose();
    }
}

using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Atmosphere.Recognition.Storage;

/// <summary>A connection, and those statements that run with every message: they are understood once and then kept.</summary>
internal sealed class PreparedConnection(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _kept = [];

    public SqliteConnection Connection => connection;

    /// <summary>The statement with these values. The next call with the same text gives the same command again.</summary>
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

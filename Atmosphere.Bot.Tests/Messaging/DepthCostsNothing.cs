using Atmosphere.Recognition.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Atmosphere.Bot.Tests.Messaging;

/// <summary>What a message costs does not depend on how many wait: counted in steps of SQLite's own machine, not in time.</summary>
public sealed class DepthCostsNothing : IDisposable
{
    private const int Steps = 4; // SQLITE_STMTSTATUS_VM_STEP

    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-depth-").FullName;

    public static TheoryData<string> Statements() =>
        [MessageSql.Insert, MessageSql.Claim, MessageSql.Delete, MessageSql.Free, MessageSql.NextDue];

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task Every_statement_takes_as_many_steps_in_a_deep_queue_as_in_a_shallow_one(string sql)
    {
        var path = await FilledAsync();
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        connection.Handle!.enable_sqlite3_next_stmt(true);
        Fill(connection, 1, 20);
        var shallow = StepsOf(connection, sql);
        Fill(connection, 21, 20_000);

        Assert.InRange(StepsOf(connection, sql), 1, shallow);
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task Every_statement_is_answered_from_an_index(string sql)
    {
        var path = await FilledAsync();
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = Command(connection, "EXPLAIN QUERY PLAN " + sql);
        using var plan = command.ExecuteReader();
        while (plan.Read())
        {
            var line = plan.GetString(3);
            Assert.DoesNotContain("SCAN messages", line, StringComparison.Ordinal);
            Assert.DoesNotContain("SCAN TABLE messages", line, StringComparison.Ordinal);
            Assert.DoesNotContain("TEMP B-TREE", line, StringComparison.Ordinal);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> FilledAsync()
    {
        using var database = new Database(_folder);
        await Schema.Recognition.ApplyAsync(database, TimeProvider.System);
        return database.Path;
    }

    /// <summary>Half of the messages have one order key, so that all but the first of these wait; one is worked on.</summary>
    private static void Fill(SqliteConnection connection, int first, int last)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})
            INSERT INTO messages (id, queue, type, body, correlation_id, order_key, waits, attempts, crashes, lease, sent_at, due_at)
            SELECT 'id', 'parcels', 'type', '[]', 'c', CASE WHEN i % 2 = 0 THEN 'key' END, i % 2 = 0 AND i > 2, 0, 0, CASE WHEN i = 1 THEN 'run' END, i, i FROM n
            """;
        _ = command.ExecuteNonQuery();
    }

    private static int StepsOf(SqliteConnection connection, string sql)
    {
        using var transaction = connection.BeginTransaction();
        using var command = Command(connection, sql);
        command.Transaction = transaction;
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read())
            {
            }
        }

        for (var statement = raw.sqlite3_next_stmt(connection.Handle, null); statement is not null; statement = raw.sqlite3_next_stmt(connection.Handle, statement))
        {
            if (raw.sqlite3_sql(statement).utf8_to_string().Trim() == sql)
                return raw.sqlite3_stmt_status(statement, Steps, 0);
        }

        throw new InvalidOperationException("The statement is gone.");
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in new (string, object)[]
        {
            ("@id", "id"), ("@queue", "parcels"), ("@type", "type"), ("@body", "[]"), ("@correlation", "c"), ("@key", "key"), ("@now", 100_000),
            ("@due", 100_000), ("@run", "run"), ("@number", 1),
        })
        {
            if (sql.Contains(name, StringComparison.Ordinal))
                command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}

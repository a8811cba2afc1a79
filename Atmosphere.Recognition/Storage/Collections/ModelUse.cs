using Microsoft.Data.Sqlite;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table model_use: which networks an operator chose.</summary>
public static class ModelUse
{
    public const string Recogniser = "recogniser";
    public const string Detector = "detector";

    /// <summary>The chosen models of a data folder by kind, read before anything is started; empty without a database.</summary>
    public static IReadOnlyDictionary<string, string> Current(string folder) => Read(folder, "SELECT kind, current FROM model_use WHERE current IS NOT NULL");

    /// <summary>Whether another recogniser is wanted in a data folder, read before anything is started.</summary>
    public static bool IsAnotherWanted(string folder) => Read(folder, "SELECT kind, wanted FROM model_use WHERE wanted IS NOT NULL").ContainsKey(Recogniser);

    /// <summary>What is in use and what is wanted; null: nobody chose anything.</summary>
    public static Task<ModelChoice?> FindAsync(Session session, string kind) =>
        session.QuerySingleOrDefaultAsync<ModelChoice>("SELECT current, wanted, problem FROM model_use WHERE kind = @kind", new { kind });

    /// <summary>A model is wanted; null: the one in use stays.</summary>
    public static Task WantAsync(Session session, string kind, string? model, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO model_use (kind, wanted, wanted_at) VALUES (@kind, @model, @at)
            ON CONFLICT (kind) DO UPDATE SET wanted = excluded.wanted, wanted_at = excluded.wanted_at, problem = NULL
            """,
            new { kind, model, at = now.ToUnixTimeMilliseconds() });

    /// <summary>A model is in use from the next start on, and nothing else is wanted.</summary>
    public static Task UseAsync(Session session, string kind, string model) =>
        session.ExecuteAsync(
            """
            INSERT INTO model_use (kind, current) VALUES (@kind, @model)
            ON CONFLICT (kind) DO UPDATE SET current = excluded.current, wanted = NULL, wanted_at = NULL, problem = NULL
            """,
            new { kind, model });

    /// <summary>Records why the wanted model cannot be used; null: it can.</summary>
    public static Task ProblemAsync(Session session, string kind, string? problem) =>
        session.ExecuteAsync("UPDATE model_use SET problem = @problem WHERE kind = @kind AND wanted IS NOT NULL", new { kind, problem });

    private static Dictionary<string, string> Read(string folder, string sql)
    {
        var path = Path.Combine(folder, "atmosphere.db");
        var found = new Dictionary<string, string>();
        if (!File.Exists(path))
            return found;
        SqliteLibrary.Use();
        try
        {
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, DefaultTimeout = 30, Pooling = false }.ToString());
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var rows = command.ExecuteReader();
            while (rows.Read())
                found[rows.GetString(0)] = rows.GetString(1);
        }
        catch (SqliteException)
        {
            // The tables are those of an older version: nothing is chosen. Whatever else is wrong, the server says at its start.
        }

        return found;
    }
}

/// <param name="Current">The model in use by name; null: the built-in one.</param>
/// <param name="Wanted">The model that is to take its place; null: none.</param>
/// <param name="Problem">Why it cannot.</param>
public sealed record ModelChoice(string? Current, string? Wanted, string? Problem);

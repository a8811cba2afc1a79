using System.Data.Common;
using System.Reflection;

namespace Atmosphere.Recognition.Storage;

/// <summary>Brings the tables up to date at the start: numbered SQL files, each applied once, in order.</summary>
public static class Migrations
{
    private const string Prefix = "migrations/";

    /// <exception cref="InvalidOperationException">The database was made by a newer program.</exception>
    public static async Task ApplyAsync(Database database, TimeProvider clock, CancellationToken cancellation = default)
    {
        var known = Known().ToList();

        await database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)");
                var applied = await session.QueryAsync<string>("SELECT name FROM migrations");
                var foreign = applied.Except(known).Order(StringComparer.Ordinal).LastOrDefault();
                if (foreign is not null)
                {
                    throw new InvalidOperationException(
                        $"The database {database.Path} was last used by a newer Atmosphere (it has '{foreign}'). Start that version, or name another folder with --data.");
                }

                foreach (var name in known.Except(applied))
                {
                    await session.ExecuteAsync(Read(name));
                    await session.ExecuteAsync(
                        "INSERT INTO migrations (name, applied_at) VALUES (@name, @now)",
                        new { name, now = clock.GetUtcNow().ToUnixTimeMilliseconds() });
                }
            },
            cancellation);
    }

    /// <summary>Whether the tables are those of this program: a program beside a running server must not change them.</summary>
    public static async Task<bool> AreCurrentAsync(Database database, CancellationToken cancellation = default)
    {
        try
        {
            return Known().ToHashSet().SetEquals(
                await database.ReadAsync(session => session.QueryAsync<string>("SELECT name FROM migrations"), cancellation));
        }
        catch (DbException)
        {
            // Not even the table of the migrations is there.
            return false;
        }
    }

    private static IEnumerable<string> Known() => typeof(Migrations).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(name => name[Prefix.Length..^".sql".Length]);

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Prefix}{name}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

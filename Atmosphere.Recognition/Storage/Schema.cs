using System.Data.Common;
using System.Reflection;

namespace Atmosphere.Recognition.Storage;

/// <summary>The tables of a program: the SQL files of its Storage folders, each applied once, in the order of their names.</summary>
/// <param name="parts">The assemblies that have such files.</param>
public sealed class Schema(params IReadOnlyCollection<Assembly> parts)
{
    private const string Prefix = "schema/";

    /// <summary>The tables that recognition needs.</summary>
    public static Schema Recognition { get; } = new(typeof(Schema).Assembly);

    /// <summary>Makes the tables that are missing.</summary>
    /// <exception cref="InvalidOperationException">The database was made by a program with other tables.</exception>
    public Task ApplyAsync(Database database, TimeProvider clock, CancellationToken cancellation = default) =>
        database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)");
                var applied = await session.QueryAsync<string>("SELECT name FROM migrations");
                if (applied.Except(Files.Keys).Order(StringComparer.Ordinal).LastOrDefault() is { } foreign)
                    throw new InvalidOperationException(Refusal(database, foreign));
                foreach (var (name, sql) in Files.Where(file => !applied.Contains(file.Key)))
                {
                    await session.ExecuteAsync(sql);
                    await session.ExecuteAsync(
                        "INSERT INTO migrations (name, applied_at) VALUES (@name, @now)",
                        new { name, now = clock.GetUtcNow().ToUnixTimeMilliseconds() });
                }
            },
            cancellation);

    /// <summary>Whether the tables are those of this program: a program beside a running server must not change them.</summary>
    public async Task<bool> IsAppliedAsync(Database database, CancellationToken cancellation = default)
    {
        try
        {
            return Files.Keys.ToHashSet().SetEquals(
                await database.ReadAsync(session => session.QueryAsync<string>("SELECT name FROM migrations"), cancellation));
        }
        catch (DbException)
        {
            // Not even the list of what was applied is there.
            return false;
        }
    }

    /// <summary>SQL by name, in the order of the names.</summary>
    private SortedDictionary<string, string> Files { get; } = new(
        parts.SelectMany(part => part.GetManifestResourceNames(), (part, name) => (part, name))
            .Where(file => file.name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(file => file.name[Prefix.Length..], file => Read(file.part, file.name)),
        StringComparer.Ordinal);

    private static string Refusal(Database database, string foreign) =>
        foreign.StartsWith("00", StringComparison.Ordinal)
            ? $"The data folder {database.Folder} was made before version 0.1.0, whose tables are others. Move it away, or name another folder with --data; groups and children are registered anew."
            : $"The database {database.Path} was last used by a newer Atmosphere (it has '{foreign}'). Start that version, or name another folder with --data.";

    private static string Read(Assembly part, string name)
    {
        using var reader = new StreamReader(part.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

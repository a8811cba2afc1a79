using System.Data.Common;
using System.Reflection;

namespace Atmosphere.Recognition.Storage;

/// <summary>The database schema: the SQL files of the Storage folders, each applied once, in the order of their names.</summary>
/// <param name="parts">The assemblies that contain such files.</param>
public sealed class Schema(params IReadOnlyCollection<Assembly> parts)
{
    private const string Prefix = "schema/";

    /// <summary>The schema that recognition needs.</summary>
    public static Schema Recognition { get; } = new(typeof(Schema).Assembly);

    /// <summary>Creates missing tables.</summary>
    /// <exception cref="InvalidOperationException">The database was created by a program with another schema.</exception>
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

    /// <summary>Whether the schema is up to date: a program beside a running server must not change it.</summary>
    public async Task<bool> IsAppliedAsync(Database database, CancellationToken cancellation = default)
    {
        try
        {
            return Files.Keys.ToHashSet().SetEquals(
                await database.ReadAsync(session => session.QueryAsync<string>("SELECT name FROM migrations"), cancellation));
        }
        catch (DbException)
        {
            // The table of applied files does not exist either.
            return false;
        }
    }

    /// <summary>SQL by file name, in order.</summary>
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

using System.Text;
using System.Text.Json;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The record of an erasure, with random ids that mean nothing outside the database.</summary>
/// <param name="At">When it was written, milliseconds since 1970-01-01 UTC.</param>
/// <param name="Kind">person, participant or group.</param>
/// <param name="Erasure">The row of erasures.</param>
/// <param name="Id">Id of the person, participant or group.</param>
/// <param name="Faces">The faces to delete from the engine.</param>
internal sealed record Tombstone(long At, string Kind, string Erasure, string Id, IReadOnlyList<string> Faces);

/// <summary>The first line of a log that was shortened.</summary>
/// <param name="At">Older lines are gone, milliseconds since 1970-01-01 UTC.</param>
/// <param name="Kind">begins.</param>
internal sealed record LogBeginning(long At, string Kind)
{
    public const string Begins = "begins";
}

/// <summary>
/// The append-only file of tombstones and withdrawals, outside the database, one per line. A tombstone is flushed to disk before anything
/// is deleted, a withdrawal soon after its commit. Lines of an unknown kind are skipped. Retention removes old lines at its beginning.
/// </summary>
internal sealed class ErasureLog(string path) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>Path of the file.</summary>
    public string Path => path;

    /// <summary>Appends the tombstone durably, unless it is in the log already.</summary>
    public async Task AppendAsync(Tombstone stone, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            var known = await ReadAsync(cancellation);
            if (!known.Any(other => other.Erasure == stone.Erasure && stone.Faces.All(other.Faces.Contains)))
                await WriteAsync([JsonSerializer.Serialize(stone, JsonSerializerOptions.Web)], cancellation);
        }
        finally
        {
            _ = _writing.Release();
        }
    }

    /// <summary>Appends the withdrawals durably.</summary>
    public async Task AppendAsync(IReadOnlyCollection<Withdrawal> withdrawals, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            await WriteAsync(withdrawals.Select(withdrawal => JsonSerializer.Serialize(withdrawal, JsonSerializerOptions.Web)), cancellation);
        }
        finally
        {
            _ = _writing.Release();
        }
    }

    /// <summary>All withdrawals, oldest first.</summary>
    public async Task<IReadOnlyList<Withdrawal>> WithdrawalsAsync(CancellationToken cancellation) =>
        [.. (await LinesAsync(cancellation)).Select(Read<Withdrawal>).OfType<Withdrawal>().Where(one => one is { Line: not null, Kind: not null, Of: not null })];

    /// <summary>Since when the log has all lines; null: it has never been shortened.</summary>
    public async Task<DateTimeOffset?> BeginsAsync(CancellationToken cancellation) =>
        (await LinesAsync(cancellation)).Take(1).Select(Read<LogBeginning>).SingleOrDefault() is { Kind: LogBeginning.Begins } first
            ? DateTimeOffset.FromUnixTimeMilliseconds(first.At)
            : null;

    /// <summary>Whether there are lines before a time.</summary>
    public async Task<bool> HasBeforeAsync(DateTimeOffset time, CancellationToken cancellation) =>
        (await LinesAsync(cancellation)).Any(line => IsBefore(line, time.ToUnixTimeMilliseconds()));

    /// <summary>Removes the lines before a time. The new file takes the place of the old one as a whole.</summary>
    /// <param name="open">Erasures that have not ended: their tombstones stay.</param>
    /// <returns>The number of removed lines.</returns>
    public async Task<int> ShortenAsync(DateTimeOffset before, IReadOnlySet<string> open, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            var lines = await LinesAsync(cancellation);
            var at = before.ToUnixTimeMilliseconds();
            var old = lines.Where(line => IsBefore(line, at) && !open.Contains(Read<Tombstone>(line)?.Erasure ?? "")).ToHashSet();
            if (old.Count == 0)
                return 0;

            var beginning = JsonSerializer.Serialize(new LogBeginning(at, LogBeginning.Begins), JsonSerializerOptions.Web);
            var kept = lines.Where(line => !old.Contains(line) && Read<LogBeginning>(line)?.Kind != LogBeginning.Begins);
            var next = path + ".next";
            await using (var file = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await file.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(kept.Prepend(beginning).Select(line => line + "\n"))), cancellation);
                await file.FlushAsync(cancellation);
                file.Flush(flushToDisk: true);
            }

            File.Move(next, path, overwrite: true);
            return old.Count;
        }
        finally
        {
            _ = _writing.Release();
        }
    }

    private static bool IsBefore(string line, long at) => Read<Tombstone>(line) is { At: > 0 } read && read.At < at && read.Kind != LogBeginning.Begins;

    private async Task WriteAsync(IEnumerable<string> lines, CancellationToken cancellation)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        // An incomplete line left by a crash must not swallow the next one.
        var text = (file.Position > 0 && !await EndsAsync(cancellation) ? "\n" : "") + string.Concat(lines.Select(line => line + "\n"));
        await file.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
        await file.FlushAsync(cancellation);
        file.Flush(flushToDisk: true);
    }

    /// <summary>All tombstones, oldest first. An incomplete line left by a crash is skipped.</summary>
    public async Task<IReadOnlyList<Tombstone>> ReadAsync(CancellationToken cancellation) =>
        [.. (await LinesAsync(cancellation)).Select(Read<Tombstone>).OfType<Tombstone>()
            .Where(stone => stone is { Id: not null, Kind: not null, Erasure: not null, Faces: not null })];

    public async Task<Tombstone?> FindAsync(ErasureId erasure, CancellationToken cancellation) =>
        (await ReadAsync(cancellation)).LastOrDefault(stone => stone.Erasure == erasure.Value);

    public void Dispose() => _writing.Dispose();

    private async Task<bool> EndsAsync(CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        _ = file.Seek(-1, SeekOrigin.End);
        var last = new byte[1];
        return await file.ReadAsync(last, cancellation) == 1 && last[0] == '\n';
    }

    private async Task<IReadOnlyList<string>> LinesAsync(CancellationToken cancellation)
    {
        if (!File.Exists(path))
            return [];

        var lines = new List<string>();
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellation) is { } line)
            lines.Add(line);
        return lines;
    }

    private static T? Read<T>(string line)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using System.Text;
using System.Text.Json;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Who was erased, by ids that are random and mean nothing outside the database.</summary>
/// <param name="At">When it was written, milliseconds since 1970-01-01 UTC.</param>
/// <param name="Kind">person, participant or group.</param>
/// <param name="Erasure">The row of erasures.</param>
/// <param name="Id">Of the person, participant or group.</param>
/// <param name="Faces">Those that the engine was to forget.</param>
internal sealed record Tombstone(long At, string Kind, string Erasure, string Id, IReadOnlyList<string> Faces);

/// <summary>The append-only file of tombstones, outside the database: one line each, on the disk before anything is deleted.</summary>
internal sealed class ErasureLog(string path) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <summary>Appends the tombstone, durably, unless the log has it.</summary>
    public async Task AppendAsync(Tombstone stone, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            var known = await ReadAsync(cancellation);
            if (known.Any(other => other.Erasure == stone.Erasure && stone.Faces.All(other.Faces.Contains)))
                return;

            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            // A line that a crash cut off must not swallow this one.
            var line = (file.Position > 0 && !await EndsAsync(cancellation) ? "\n" : "") + JsonSerializer.Serialize(stone, JsonSerializerOptions.Web) + "\n";
            await file.WriteAsync(Encoding.UTF8.GetBytes(line), cancellation);
            await file.FlushAsync(cancellation);
            file.Flush(flushToDisk: true);
        }
        finally
        {
            _ = _writing.Release();
        }
    }

    /// <summary>All of them, oldest first; half a line that a crash left is skipped.</summary>
    public async Task<IReadOnlyList<Tombstone>> ReadAsync(CancellationToken cancellation)
    {
        if (!File.Exists(path))
            return [];

        var stones = new List<Tombstone>();
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (Parse(line) is { } stone)
                stones.Add(stone);
        }

        return stones;
    }

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

    private static Tombstone? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Tombstone>(line, JsonSerializerOptions.Web) is { Id: not null, Kind: not null, Erasure: not null, Faces: not null } stone ? stone : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Atmosphere.Recognition.Storage.Media;

/// <summary>Images as files: media/bucket/id.extension under the data folder.</summary>
public sealed partial class FileMediaStore : IMediaStore
{
    private const int NoSpace = 28;
    private const string Unfinished = ".tmp";

    private readonly string _root;
    private readonly TimeProvider _clock;

    /// <param name="folder">The data folder; media/ is made in it.</param>
    public FileMediaStore(string folder, TimeProvider clock)
    {
        _root = Path.Combine(Path.GetFullPath(folder), "media");
        _clock = clock;
        foreach (var bucket in Enum.GetValues<MediaBucket>())
        {
            var made = Directory.CreateDirectory(Folder(bucket));
            foreach (var leftover in made.EnumerateFiles("*" + Unfinished))
                leftover.Delete();
        }
    }

    public async Task<MediaKey> PutAsync(MediaBucket bucket, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellation)
    {
        var name = $"{Guid.CreateVersion7(_clock.GetUtcNow()):N}.{Extension(contentType)}";
        var file = Path.Combine(Folder(bucket), name);
        try
        {
            await WriteThroughAsync(file + Unfinished, bytes, cancellation);
            File.Move(file + Unfinished, file);
            DurableFolder.Flush(Folder(bucket));
        }
        catch (Exception error)
        {
            // Nobody learns the key, so nothing may stay: neither half a file nor one whose folder could not be flushed.
            File.Delete(file + Unfinished);
            File.Delete(file);
            if (error is IOException { HResult: NoSpace })
                throw new StorageFullException(_root, error);
            throw;
        }

        return new MediaKey($"{Name(bucket)}/{name}");
    }

    public async Task<byte[]> GetAsync(MediaKey key, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllBytesAsync(PathOf(key) ?? throw new MediaNotFoundException(key), cancellation);
        }
        catch (FileNotFoundException)
        {
            throw new MediaNotFoundException(key);
        }
    }

    public Task<bool> ExistsAsync(MediaKey key, CancellationToken cancellation) => Task.FromResult(File.Exists(PathOf(key)));

    public Task DeleteAsync(MediaKey key, CancellationToken cancellation)
    {
        if (PathOf(key) is { } path)
            File.Delete(path);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<StoredMedia>> ListAsync(MediaBucket bucket, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<StoredMedia>>(
            [.. Directory.EnumerateFiles(Folder(bucket))
                .Select(file => $"{Name(bucket)}/{Path.GetFileName(file)}")
                .Where(key => KeyPattern().IsMatch(key))
                .Order(StringComparer.Ordinal)
                .Select(key => new StoredMedia(new MediaKey(key), StoredAt(key)))]);

    private static async Task WriteThroughAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
        await file.WriteAsync(bytes, cancellation);
        file.Flush(flushToDisk: true);
    }

    private static string Name(MediaBucket bucket) => bucket.ToString().ToLowerInvariant();

    private static string Extension(string contentType) => contentType switch
    {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        "image/gif" => "gif",
        "image/tiff" => "tif",
        "image/avif" => "avif",
        _ => "bin",
    };

    // The first 48 bits of a version 7 id are the milliseconds since 1970.
    private static DateTimeOffset StoredAt(string key) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(key.AsSpan(key.IndexOf('/', StringComparison.Ordinal) + 1, 12), NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    // Only what PutAsync can have written leads to a file: nothing else, such as "..", can name one.
    [GeneratedRegex(@"\A[a-z]{1,20}/[0-9a-f]{32}\.[a-z]{1,5}\z")]
    private static partial Regex KeyPattern();

    private string Folder(MediaBucket bucket) => Path.Combine(_root, Name(bucket));

    private string? PathOf(MediaKey key) => key.Value is { } text && KeyPattern().IsMatch(text) ? Path.Combine(_root, text) : null;
}

using System.Text.RegularExpressions;

namespace Atmosphere.Recognition.Storage.Media;

/// <summary>Stores images as files: media/bucket/id.extension in the data folder.</summary>
public sealed partial class FileMediaStore : IMediaFiles
{
    private const string Unfinished = ".tmp";

    private readonly string _root;
    private readonly TimeProvider _clock;

    /// <param name="folder">The data folder; media/ is created in it.</param>
    /// <param name="beside">True beside a running server: its unfinished files are left alone.</param>
    public FileMediaStore(string folder, TimeProvider clock, bool beside = false)
    {
        _root = Path.Combine(Path.GetFullPath(folder), "media");
        _clock = clock;
        foreach (var bucket in Enum.GetValues<MediaBucket>())
        {
            var made = Directory.CreateDirectory(Folder(bucket));
            foreach (var leftover in beside ? [] : made.EnumerateFiles("*" + Unfinished))
                leftover.Delete();
        }
    }

    async Task IMediaFiles.WriteAsync(MediaKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var file = PathOf(key) ?? throw new ArgumentException($"'{key}' is no key of a new file.", nameof(key));
        try
        {
            await WriteAsync(file, Unfinished, bytes, cancellation);
        }
        catch
        {
            // The caller never gets the key, so the file must not stay, even if only flushing the folder failed.
            File.Delete(file);
            throw;
        }
    }

    async Task IMediaFiles.CopyAsync(MediaKey key, MediaKey copy, CancellationToken cancellation)
    {
        var file = PathOf(copy) ?? throw new MediaNotFoundException(key);
        if (!File.Exists(file))
        {
            // Concurrent copies must not write to the same unfinished file.
            await WriteAsync(file, $".{Guid.NewGuid():N}{Unfinished}", await GetAsync(key, cancellation), cancellation);
        }
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
                .Select(file => $"{MediaKey.NameOf(bucket)}/{Path.GetFileName(file)}")
                .Where(key => KeyPattern().IsMatch(key))
                .Order(StringComparer.Ordinal)
                .Select(key => new StoredMedia(new MediaKey(key), File.GetLastWriteTimeUtc(Path.Combine(_root, key))))]);

    public async Task ProbeAsync(CancellationToken cancellation)
    {
        try
        {
            // An empty file fits on a full disk, so a block is written.
            await using var file = new FileStream(
                Path.Combine(Folder(MediaBucket.Unprocessed), $"probe-{Guid.NewGuid():N}{Unfinished}"),
                new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose, BufferSize = 0 });
            await file.WriteAsync(new byte[4096], cancellation);
        }
        catch (IOException error) when (DiskErrors.IsFull(error))
        {
            throw new StorageFullException(_root, error);
        }
    }

    private async Task WriteAsync(string file, string unfinished, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            await WriteThroughAsync(file + unfinished, bytes, cancellation);
            File.SetLastWriteTimeUtc(file + unfinished, _clock.GetUtcNow().UtcDateTime);
            File.Move(file + unfinished, file, overwrite: true);
            DurableFolder.Flush(Path.GetDirectoryName(file)!);
        }
        catch (Exception error)
        {
            File.Delete(file + unfinished);
            if (error is IOException full && DiskErrors.IsFull(full))
                throw new StorageFullException(_root, error);
            throw;
        }
    }

    private static async Task WriteThroughAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
        await file.WriteAsync(bytes, cancellation);
        file.Flush(flushToDisk: true);
    }

    // Accepts only keys that MediaKey.New can have created, so that no other path, such as "..", can be opened.
    [GeneratedRegex(@"\A[a-z-]{1,20}/[0-9a-f]{32}\.[a-z]{1,5}\z")]
    private static partial Regex KeyPattern();

    private string Folder(MediaBucket bucket) => Path.Combine(_root, MediaKey.NameOf(bucket));

    private string? PathOf(MediaKey key) => key.Value is { } text && KeyPattern().IsMatch(text) ? Path.Combine(_root, text) : null;
}

namespace Atmosphere.Bot.Channels.Webhooks;

/// <summary>A body that was read: in memory, or, where it is long, in a file that is gone with it.</summary>
internal sealed class SignedBody : IAsyncDisposable
{
    private Stream _bytes = new MemoryStream();

    public long Length => _bytes.Length;

    /// <summary>Taken for a long one; given back with the body.</summary>
    public SemaphoreSlim? Place { get; set; }

    public bool IsInMemory => Place is null;

    /// <summary>Once more from its beginning.</summary>
    public Stream Open()
    {
        _bytes.Position = 0;
        return _bytes;
    }

    public async Task<byte[]> ToArrayAsync()
    {
        var bytes = new byte[Length];
        await Open().ReadExactlyAsync(bytes);
        return bytes;
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes) => _bytes.WriteAsync(bytes);

    /// <summary>Moves what came so far to a file, once.</summary>
    public async Task ToDiskAsync(string dataFolder)
    {
        if (_bytes is FileStream)
            return;
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(dataFolder, "incoming")).FullName, $"{Guid.NewGuid():N}");
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        // It has no name from now on: not even a crash leaves it behind. Windows deletes what a dead process held.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        var begun = Open();
        _bytes = file;
        await begun.CopyToAsync(file);
        await begun.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _bytes.DisposeAsync();
        _ = Place?.Release();
    }
}

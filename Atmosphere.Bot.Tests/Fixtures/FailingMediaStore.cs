using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Fixtures;

/// <summary>A media store whose calls fail when the test wants it.</summary>
internal sealed class FailingMediaStore(IMediaFiles store, Func<Exception?> fault) : IMediaFiles
{
    private int _calls;

    /// <summary>What the next call ends with; null: it is made.</summary>
    public Func<Exception?> Fault { get; set; } = fault;

    public int Calls => _calls;

    public async Task WriteAsync(MediaKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        await Store().WriteAsync(key, bytes, cancellation);

    public async Task CopyAsync(MediaKey key, MediaKey copy, CancellationToken cancellation) => await Store().CopyAsync(key, copy, cancellation);

    public async Task<byte[]> GetAsync(MediaKey key, CancellationToken cancellation) => await Store().GetAsync(key, cancellation);

    public async Task<bool> ExistsAsync(MediaKey key, CancellationToken cancellation) => await Store().ExistsAsync(key, cancellation);

    public async Task ProbeAsync(CancellationToken cancellation) => await Store().ProbeAsync(cancellation);

    public async Task DeleteAsync(MediaKey key, CancellationToken cancellation) => await Store().DeleteAsync(key, cancellation);

    public async Task<IReadOnlyList<StoredMedia>> ListAsync(MediaBucket bucket, CancellationToken cancellation) =>
        await Store().ListAsync(bucket, cancellation);

    private IMediaFiles Store()
    {
        _ = Interlocked.Increment(ref _calls);
        return Fault() is { } error ? throw error : store;
    }
}

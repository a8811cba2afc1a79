using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Fixtures;

/// <summary>A media store whose calls fail when the test wants it.</summary>
internal sealed class FailingMediaStore(IMediaStore store, Func<Exception?> fault) : IMediaStore
{
    private int _calls;

    /// <summary>What the next call ends with; null: it is made.</summary>
    public Func<Exception?> Fault { get; set; } = fault;

    public int Calls => _calls;

    public async Task<MediaKey> PutAsync(MediaBucket bucket, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellation) =>
        await Store().PutAsync(bucket, bytes, contentType, cancellation);

    public async Task<MediaKey> CopyAsync(MediaKey key, MediaBucket to, CancellationToken cancellation) => await Store().CopyAsync(key, to, cancellation);

    public async Task<byte[]> GetAsync(MediaKey key, CancellationToken cancellation) => await Store().GetAsync(key, cancellation);

    public async Task<bool> ExistsAsync(MediaKey key, CancellationToken cancellation) => await Store().ExistsAsync(key, cancellation);

    public async Task ProbeAsync(CancellationToken cancellation) => await Store().ProbeAsync(cancellation);

    public async Task DeleteAsync(MediaKey key, CancellationToken cancellation) => await Store().DeleteAsync(key, cancellation);

    public async Task<IReadOnlyList<StoredMedia>> ListAsync(MediaBucket bucket, CancellationToken cancellation) =>
        await Store().ListAsync(bucket, cancellation);

    private IMediaStore Store()
    {
        _ = Interlocked.Increment(ref _calls);
        return Fault() is { } error ? throw error : store;
    }
}

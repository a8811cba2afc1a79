using Polly;

namespace Atmosphere.Recognition.Storage.Media;

/// <summary>Retries another store's calls after transient disk errors. A missing file or a full disk is not retried.</summary>
internal sealed class PatientMediaStore(IMediaStore store, TimeProvider clock) : IMediaStore
{
    private const int NoSpace = 28;

    private readonly ResiliencePipeline _again = QuickRetries.When(error => error is IOException { HResult: not NoSpace }, clock);

    /// <summary>Each attempt uses a new key; the sweep deletes what a failed one left, since no row names it.</summary>
    public Task<MediaKey> PutAsync(MediaBucket bucket, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellation) =>
        AgainAsync(stop => store.PutAsync(bucket, bytes, contentType, stop), cancellation);

    public Task<MediaKey> CopyAsync(MediaKey key, MediaBucket to, CancellationToken cancellation) =>
        AgainAsync(stop => store.CopyAsync(key, to, stop), cancellation);

    public Task<byte[]> GetAsync(MediaKey key, CancellationToken cancellation) =>
        AgainAsync(stop => store.GetAsync(key, stop), cancellation);

    public Task<bool> ExistsAsync(MediaKey key, CancellationToken cancellation) =>
        AgainAsync(stop => store.ExistsAsync(key, stop), cancellation);

    /// <summary>Not retried: the caller wants to know the current state.</summary>
    public Task ProbeAsync(CancellationToken cancellation) => store.ProbeAsync(cancellation);

    public Task DeleteAsync(MediaKey key, CancellationToken cancellation) =>
        _again.ExecuteAsync(async stop => await store.DeleteAsync(key, stop), cancellation).AsTask();

    public Task<IReadOnlyList<StoredMedia>> ListAsync(MediaBucket bucket, CancellationToken cancellation) =>
        AgainAsync(stop => store.ListAsync(bucket, stop), cancellation);

    private Task<T> AgainAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellation) =>
        _again.ExecuteAsync(async stop => await call(stop), cancellation).AsTask();
}

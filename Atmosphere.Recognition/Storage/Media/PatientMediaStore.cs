using Polly;

namespace Atmosphere.Recognition.Storage.Media;

/// <summary>Retries another store's calls after transient disk errors. A missing file or a full disk is not retried.</summary>
internal sealed class PatientMediaStore(IMediaFiles store, TimeProvider clock) : IMediaFiles
{
    private readonly ResiliencePipeline _again = QuickRetries.When(error => error is IOException failed && !DiskErrors.IsFull(failed), clock);

    public Task WriteAsync(MediaKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        _again.ExecuteAsync(async stop => await store.WriteAsync(key, bytes, stop), cancellation).AsTask();

    public Task CopyAsync(MediaKey key, MediaKey copy, CancellationToken cancellation) =>
        _again.ExecuteAsync(async stop => await store.CopyAsync(key, copy, stop), cancellation).AsTask();

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

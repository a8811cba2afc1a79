using Polly;

namespace Atmosphere.Recognition.Storage.Media;

/// <summary>Makes a call of another store again when the disk failed for a moment. What is missing stays missing, and what is full stays full.</summary>
internal sealed class PatientMediaStore(IMediaStore store, TimeProvider clock) : IMediaStore
{
    private const int NoSpace = 28;

    private readonly ResiliencePipeline _again = QuickRetries.When(error => error is IOException { HResult: not NoSpace }, clock);

    /// <summary>Each attempt has a key of its own; what a failed one left has no row, and goes.</summary>
    public Task<MediaKey> PutAsync(MediaBucket bucket, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellation) =>
        AgainAsync(stop => store.PutAsync(bucket, bytes, contentType, stop), cancellation);

    public Task<MediaKey> CopyAsync(MediaKey key, MediaBucket to, CancellationToken cancellation) =>
        AgainAsync(stop => store.CopyAsync(key, to, stop), cancellation);

    public Task<byte[]> GetAsync(MediaKey key, CancellationToken cancellation) =>
        AgainAsync(stop => store.GetAsync(key, stop), cancellation);

    public Task<bool> ExistsAsync(MediaKey key, CancellationToken cancellation) =>
        AgainAsync(stop => store.ExistsAsync(key, stop), cancellation);

    /// <summary>Without patience: whoever asks wants to know how it is now.</summary>
    public Task ProbeAsync(CancellationToken cancellation) => store.ProbeAsync(cancellation);

    public Task DeleteAsync(MediaKey key, CancellationToken cancellation) =>
        _again.ExecuteAsync(async stop => await store.DeleteAsync(key, stop), cancellation).AsTask();

    public Task<IReadOnlyList<StoredMedia>> ListAsync(MediaBucket bucket, CancellationToken cancellation) =>
        AgainAsync(stop => store.ListAsync(bucket, stop), cancellation);

    private Task<T> AgainAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellation) =>
        _again.ExecuteAsync(async stop => await call(stop), cancellation).AsTask();
}

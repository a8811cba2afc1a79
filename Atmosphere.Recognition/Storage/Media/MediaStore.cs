using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage.Media;

/// <summary>
/// The one place that stores files. The subjects are committed before the file and deleted after it, so that a file without subjects
/// belongs to nobody.
/// </summary>
internal sealed class MediaStore(IMediaFiles files, Database database, TimeProvider clock) : IMediaStore
{
    public async Task<MediaKey> PutAsync(
        MediaBucket bucket, ReadOnlyMemory<byte> bytes, string contentType, Subjects subjects, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var key = MediaKey.New(bucket, contentType, now);
        await database.WriteAsync(session => MediaSubjectTable.AddAsync(session, key, subjects, now), cancellation);
        await files.WriteAsync(key, bytes, cancellation);
        return key;
    }

    public Task NameAsync(Session session, MediaKey key, PersonId person) => MediaSubjectTable.AddPersonAsync(session, key, person);

    public async Task<MediaKey> CopyAsync(MediaKey key, MediaBucket to, CancellationToken cancellation)
    {
        var copy = key.In(to);
        await database.WriteAsync(session => MediaSubjectTable.CopyAsync(session, key, copy), cancellation);
        await files.CopyAsync(key, copy, cancellation);
        return copy;
    }

    public async Task DeleteAsync(MediaKey key, CancellationToken cancellation)
    {
        await files.DeleteAsync(key, cancellation);
        await database.WriteAsync(session => MediaSubjectTable.DeleteAsync(session, key), cancellation);
    }

    public Task<byte[]> GetAsync(MediaKey key, CancellationToken cancellation) => files.GetAsync(key, cancellation);

    public Task<bool> ExistsAsync(MediaKey key, CancellationToken cancellation) => files.ExistsAsync(key, cancellation);

    public Task ProbeAsync(CancellationToken cancellation) => files.ProbeAsync(cancellation);

    public Task<IReadOnlyList<StoredMedia>> ListAsync(MediaBucket bucket, CancellationToken cancellation) => files.ListAsync(bucket, cancellation);
}

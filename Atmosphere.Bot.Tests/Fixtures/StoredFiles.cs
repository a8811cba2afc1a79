using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage.Media;

/// <summary>Files of tests to which it does not matter what they show.</summary>
internal static class StoredFiles
{
    private static readonly Subjects _sentByNobody = Subjects.ChatUpload(new ParticipantId("nobody"));
    private static readonly Subjects _toBeSent = Subjects.Delivery(new PhotoId("nothing"));

    public static Task<MediaKey> PutAsync(this IMediaStore store, MediaBucket bucket, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellation) =>
        store.PutAsync(bucket, bytes, contentType, bucket == MediaBucket.Training ? _sentByNobody : _toBeSent, cancellation);

    public static async Task<MediaKey> PutAsync(this IMediaFiles files, MediaBucket bucket, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellation)
    {
        var key = MediaKey.New(bucket, contentType, DateTimeOffset.UnixEpoch);
        await files.WriteAsync(key, bytes, cancellation);
        return key;
    }

    public static async Task<MediaKey> CopyAsync(this IMediaFiles files, MediaKey key, MediaBucket to, CancellationToken cancellation)
    {
        await files.CopyAsync(key, key.In(to), cancellation);
        return key.In(to);
    }
}

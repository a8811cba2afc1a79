using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage.Media;

/// <summary>Reads stored files.</summary>
public interface IMediaReader
{
    /// <exception cref="MediaNotFoundException">No file has this key.</exception>
    Task<byte[]> GetAsync(MediaKey key, CancellationToken cancellation);

    Task<bool> ExistsAsync(MediaKey key, CancellationToken cancellation);

    /// <summary>Checks quickly whether files can be stored now, and leaves nothing behind.</summary>
    /// <exception cref="StorageFullException">The disk is full.</exception>
    /// <exception cref="IOException">Files cannot be stored; the message says why.</exception>
    Task ProbeAsync(CancellationToken cancellation);

    /// <summary>All files of the bucket, oldest first.</summary>
    Task<IReadOnlyList<StoredMedia>> ListAsync(MediaBucket bucket, CancellationToken cancellation);
}

/// <summary>
/// Stores image files with their subjects. A key is written only once and contains no personal data. Do not call it within a transaction:
/// it writes the subjects in its own.
/// </summary>
public interface IMediaStore : IMediaReader
{
    /// <summary>Records the subjects, then stores the bytes durably: after the call both survive a power cut.</summary>
    Task<MediaKey> PutAsync(MediaBucket bucket, ReadOnlyMemory<byte> bytes, string contentType, Subjects subjects, CancellationToken cancellation);

    /// <summary>Records, in the caller's transaction, a person whom a stored file turned out to show.</summary>
    Task NameAsync(Session session, MediaKey key, PersonId person);

    /// <summary>
    /// Copies a file to another bucket under the same name, durably, with its subjects. A repeated call makes no second copy. To move a
    /// file, copy it, store the new key in the row, then delete the old file.
    /// </summary>
    /// <returns>The key of the copy.</returns>
    /// <exception cref="MediaNotFoundException">No file has this key.</exception>
    Task<MediaKey> CopyAsync(MediaKey key, MediaBucket to, CancellationToken cancellation);

    /// <summary>Deletes a file, then its subjects; a missing file is no error.</summary>
    Task DeleteAsync(MediaKey key, CancellationToken cancellation);
}

/// <summary>The files behind <see cref="IMediaStore"/>, which alone writes to them.</summary>
internal interface IMediaFiles : IMediaReader
{
    /// <summary>Stores bytes durably: after the call they survive a power cut.</summary>
    Task WriteAsync(MediaKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>Copies a file durably. A repeated call does nothing.</summary>
    /// <exception cref="MediaNotFoundException">No file has this key.</exception>
    Task CopyAsync(MediaKey key, MediaKey copy, CancellationToken cancellation);

    /// <summary>Deletes a file; a missing file is no error.</summary>
    Task DeleteAsync(MediaKey key, CancellationToken cancellation);
}

/// <summary>The purpose of a file; each has its own retention period.</summary>
public enum MediaBucket
{
    /// <summary>Received photos, not processed yet.</summary>
    Unprocessed,

    /// <summary>Processed photos.</summary>
    Processed,

    /// <summary>Single faces, cropped along their boxes.</summary>
    Rectangles,

    /// <summary>Single faces with their surroundings.</summary>
    ZoomIns,

    /// <summary>Photos sent by a parent to register a child; kept for minutes.</summary>
    Training,

    /// <summary>Pictures for one recipient: upright, without EXIF.</summary>
    Outbound,

    /// <summary>One small face picture of each registered person, for the guardians; kept as long as the person is registered.</summary>
    Portraits,

    /// <summary>Faces that are not learned before somebody who knows the person has looked; as long as the question is open.</summary>
    Held,
}

/// <param name="Value">bucket/name.extension</param>
public readonly record struct MediaKey(string Value)
{
    /// <summary>The key of a new file.</summary>
    public static MediaKey New(MediaBucket bucket, string contentType, DateTimeOffset now) =>
        new($"{NameOf(bucket)}/{Guid.CreateVersion7(now):N}.{Extension(contentType)}");

    /// <summary>The key of the file's copy in another bucket.</summary>
    public MediaKey In(MediaBucket bucket) => new($"{NameOf(bucket)}/{Path.GetFileName(Value)}");

    /// <summary>The folder of a bucket.</summary>
    internal static string NameOf(MediaBucket bucket) => bucket == MediaBucket.ZoomIns ? "zoom-ins" : bucket.ToString().ToLowerInvariant();

    public override string ToString() => Value;

    private static string Extension(string contentType) => contentType switch
    {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        "image/gif" => "gif",
        "image/tiff" => "tif",
        "image/avif" => "avif",
        "application/json" => "json",
        _ => "bin",
    };
}

/// <param name="StoredAt">When it was stored, by the clock of the program that stored it.</param>
public sealed record StoredMedia(MediaKey Key, DateTimeOffset StoredAt);

public sealed class MediaNotFoundException(MediaKey key)
    : Exception($"There is no file '{key}' in the media store. It may have outlived its time; ask the sender for it again.");

namespace Atmosphere.Recognition.Storage.Media;

/// <summary>Stores image files. A key is written only once and contains no personal data.</summary>
public interface IMediaStore
{
    /// <summary>Stores bytes durably: after the call they survive a power cut.</summary>
    Task<MediaKey> PutAsync(MediaBucket bucket, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellation);

    /// <summary>
    /// Copies a file to another bucket under the same name, durably. A repeated call makes no second copy. To move a file, copy it, store
    /// the new key in the row, then delete the old file.
    /// </summary>
    /// <returns>The key of the copy.</returns>
    /// <exception cref="MediaNotFoundException">No file has this key.</exception>
    Task<MediaKey> CopyAsync(MediaKey key, MediaBucket to, CancellationToken cancellation);

    /// <exception cref="MediaNotFoundException">No file has this key.</exception>
    Task<byte[]> GetAsync(MediaKey key, CancellationToken cancellation);

    Task<bool> ExistsAsync(MediaKey key, CancellationToken cancellation);

    /// <summary>Deletes a file; a missing file is no error.</summary>
    Task DeleteAsync(MediaKey key, CancellationToken cancellation);

    /// <summary>Checks quickly whether files can be stored now, and leaves nothing behind.</summary>
    /// <exception cref="StorageFullException">The disk is full.</exception>
    /// <exception cref="IOException">Files cannot be stored; the message says why.</exception>
    Task ProbeAsync(CancellationToken cancellation);

    /// <summary>All files of the bucket, oldest first.</summary>
    Task<IReadOnlyList<StoredMedia>> ListAsync(MediaBucket bucket, CancellationToken cancellation);
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
    public override string ToString() => Value;
}

/// <param name="StoredAt">When it was stored, by the clock of the program that stored it.</param>
public sealed record StoredMedia(MediaKey Key, DateTimeOffset StoredAt);

public sealed class MediaNotFoundException(MediaKey key)
    : Exception($"There is no file '{key}' in the media store. It may have outlived its time; ask the sender for it again.");

namespace Atmosphere.Recognition.Storage.Media;

/// <summary>Files of images. A key is never written twice, and says nothing about the people in the picture.</summary>
public interface IMediaStore
{
    /// <summary>Stores bytes durably: when this returns, they survive a power cut.</summary>
    Task<MediaKey> PutAsync(MediaBucket bucket, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellation);

    /// <summary>
    /// Stores the same bytes under the same name in another bucket, durably. Repeated, it makes no second copy. A move is a copy, then the
    /// row's new key, then the deletion of the old file.
    /// </summary>
    /// <returns>The key of the copy.</returns>
    /// <exception cref="MediaNotFoundException">Nothing is stored under the key.</exception>
    Task<MediaKey> CopyAsync(MediaKey key, MediaBucket to, CancellationToken cancellation);

    /// <exception cref="MediaNotFoundException">Nothing is stored under the key.</exception>
    Task<byte[]> GetAsync(MediaKey key, CancellationToken cancellation);

    Task<bool> ExistsAsync(MediaKey key, CancellationToken cancellation);

    /// <summary>Deletes what is stored; what is gone already is no error.</summary>
    Task DeleteAsync(MediaKey key, CancellationToken cancellation);

    /// <summary>Whether something can be stored now; it leaves nothing behind, and is quick.</summary>
    /// <exception cref="StorageFullException">There is no space.</exception>
    /// <exception cref="IOException">Nothing can be stored; the message says why.</exception>
    Task ProbeAsync(CancellationToken cancellation);

    /// <summary>Everything in the bucket, oldest first.</summary>
    Task<IReadOnlyList<StoredMedia>> ListAsync(MediaBucket bucket, CancellationToken cancellation);
}

/// <summary>What a file is for; each has its own time to live.</summary>
public enum MediaBucket
{
    /// <summary>Received, not yet recognised.</summary>
    Unprocessed,

    /// <summary>Recognised.</summary>
    Processed,

    /// <summary>One face each, cut out along its box.</summary>
    Rectangles,

    /// <summary>One face each, with its surroundings.</summary>
    ZoomIns,

    /// <summary>Photos that a parent sent to register a child; minutes.</summary>
    Training,

    /// <summary>Pictures for one recipient: upright, without EXIF.</summary>
    Outbound,

    /// <summary>One small face of each registered person, for its guardians; as long as the person is registered.</summary>
    Portraits,
}

/// <param name="Value">bucket/name.extension</param>
public readonly record struct MediaKey(string Value)
{
    public override string ToString() => Value;
}

/// <param name="StoredAt">When it was stored, by the clock of the program that did it.</param>
public sealed record StoredMedia(MediaKey Key, DateTimeOffset StoredAt);

public sealed class MediaNotFoundException(MediaKey key)
    : Exception($"There is no file '{key}' in the media store. It may have outlived its time; ask the sender for it again.");

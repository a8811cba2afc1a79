using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>Lets participants ask and correct things about photos delivered to them. Shows only their own children.</summary>
public interface IDeliveredPhotos
{
    /// <summary>A photo that was delivered to the participant, with their own children as currently named.</summary>
    /// <param name="message">The channel's id of the message with the photo; null: the latest photo.</param>
    /// <returns>Null if there is none or it is gone.</returns>
    Task<DeliveredPhoto?> FindAsync(Session session, ParticipantId participant, string? message);

    /// <summary>Reloads the same photo later.</summary>
    Task<DeliveredPhoto?> FindAgainAsync(Session session, ParticipantId participant, PhotoId photo);

    /// <summary>A JPEG of the photo with a numbered box around each of the faces, in order.</summary>
    /// <returns>Null if the photo is gone.</returns>
    Task<byte[]?> DrawAsync(DeliveredPhoto photo, CancellationToken cancellation);

    /// <summary>
    /// Records that the face is not the child: removes the name permanently, withholds the photo from those who do not have it yet,
    /// invalidates its links, and tells colleagues. A repeated call changes nothing.
    /// </summary>
    /// <returns>False if the face is not named as a child of the participant.</returns>
    Task<bool> RefuseAsync(Session session, ParticipantId participant, NamedFace face);
}

/// <param name="Photo">The photo of the group.</param>
/// <param name="Media">The picture as it was sent.</param>
/// <param name="Received">When it was posted.</param>
/// <param name="TimeZone">IANA name of its group's time zone.</param>
/// <param name="Faces">The participant's own children, left to right; empty if there are none any more.</param>
public sealed record DeliveredPhoto(PhotoId Photo, MediaKey Media, DateTimeOffset Received, string TimeZone, IReadOnlyList<NamedFace> Faces);

/// <param name="Name">Name of the child.</param>
/// <param name="Similarity">0 (nothing in common) to 100 (the same picture).</param>
/// <param name="Box">Pixels of the upright photo.</param>
public sealed record NamedFace(FaceId Face, PhotoId Photo, PersonId Person, string Name, float Similarity, Box Box);

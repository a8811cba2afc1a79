using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>What a participant may ask and say about a photo that was delivered to them. Of other people's photos and children nothing is known here.</summary>
public interface IDeliveredPhotos
{
    /// <summary>A photo that was delivered to the participant, with their own children in it as it stands now.</summary>
    /// <param name="message">The channel's id of the message that showed it; null: the photo that came last.</param>
    /// <returns>Null where there is none, or it is gone by now.</returns>
    Task<DeliveredPhoto?> FindAsync(Session session, ParticipantId participant, string? message);

    /// <summary>The same photo later on.</summary>
    Task<DeliveredPhoto?> FindAgainAsync(Session session, ParticipantId participant, PhotoId photo);

    /// <summary>A JPEG of the photo with a numbered box round each of the faces, in their order.</summary>
    /// <returns>Null where the photo is gone.</returns>
    Task<byte[]?> DrawAsync(DeliveredPhoto photo, CancellationToken cancellation);

    /// <summary>
    /// The face is not the child: it bears the name no more and never again, whoever has not got the photo yet does not get it for that face,
    /// links to it die, and colleagues learn it. Repeated, it changes nothing.
    /// </summary>
    /// <returns>False where the face is none of a child of the participant's.</returns>
    Task<bool> RefuseAsync(Session session, ParticipantId participant, NamedFace face);
}

/// <param name="Photo">The photo of the group.</param>
/// <param name="Media">The picture as it was sent.</param>
/// <param name="Received">When it was posted.</param>
/// <param name="TimeZone">IANA name, of its group.</param>
/// <param name="Faces">The participant's own children, left to right; none where nothing in it is theirs any more.</param>
public sealed record DeliveredPhoto(PhotoId Photo, MediaKey Media, DateTimeOffset Received, string TimeZone, IReadOnlyList<NamedFace> Faces);

/// <param name="Name">The child's.</param>
/// <param name="Similarity">0 (nothing in common) to 100 (the same picture).</param>
/// <param name="Box">Pixels of the upright photo.</param>
public sealed record NamedFace(FaceId Face, PhotoId Photo, PersonId Person, string Name, float Similarity, Box Box);

using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Enrolment;

/// <summary>Looks at a photo that a parent sent, to say whether a person can be learned from it. Keeps nothing.</summary>
public interface IEnrolmentPhotos
{
    /// <summary>The photo and the faces in it, left to right.</summary>
    /// <param name="name">What the sender calls the photo; for the message of a refusal.</param>
    /// <exception cref="PhotoRefusedException">It is no photo that can be read.</exception>
    /// <exception cref="MediaNotFoundException">The file is gone.</exception>
    Task<CheckedPhoto> CheckAsync(MediaKey media, string name, CancellationToken cancellation);

    /// <summary>Whether the face clearly belongs to somebody else than the earlier ones; with no earlier one it does not.</summary>
    Task<bool> IsSomebodyElseAsync(EnrolmentPhoto photo, IReadOnlyList<EnrolmentPhoto> earlier, CancellationToken cancellation);

    /// <summary>Who of the group is registered already and looks so much like the faces that the two could not be told apart; null: nobody.</summary>
    Task<PersonId?> FindLookAlikeAsync(GroupId group, IReadOnlyList<EnrolmentPhoto> photos, CancellationToken cancellation);

    /// <summary>A JPEG of the photo with the numbers 1, 2, ... at the boxes.</summary>
    Task<byte[]> DrawNumbersAsync(EnrolmentPhoto photo, IReadOnlyList<Box> boxes, CancellationToken cancellation);

    /// <summary>A small JPEG of the face with some of its surroundings.</summary>
    Task<byte[]> CropAsync(EnrolmentPhoto photo, CancellationToken cancellation);
}

/// <param name="Media">The photo.</param>
/// <param name="Faces">Left to right; none where nobody was found.</param>
public sealed record CheckedPhoto(MediaKey Media, IReadOnlyList<CheckedFace> Faces);

/// <param name="Box">Pixels of the upright photo.</param>
/// <param name="Problem">Why the face cannot be learned from; null: it can.</param>
public sealed record CheckedFace(Box Box, FaceProblem? Problem);

public enum FaceProblem
{
    TooSmall,
    Blurred,
    TurnedAway,
}

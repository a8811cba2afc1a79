using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Enrolment;

/// <summary>Checks whether a person can be learned from a parent's photo. Stores nothing.</summary>
public interface IEnrolmentPhotos
{
    /// <summary>The photo and the faces in it, left to right.</summary>
    /// <param name="name">The sender's name for the photo, used in the refusal message.</param>
    /// <exception cref="PhotoRefusedException">The file is not a readable photo.</exception>
    /// <exception cref="MediaNotFoundException">The file is gone.</exception>
    Task<CheckedPhoto> CheckAsync(MediaKey media, string name, CancellationToken cancellation);

    /// <summary>Whether the face clearly belongs to another person than the earlier ones; false without earlier ones.</summary>
    Task<bool> IsSomebodyElseAsync(EnrolmentPhoto photo, IReadOnlyList<EnrolmentPhoto> earlier, CancellationToken cancellation);

    /// <summary>The registered person of the group who could not be told apart from the faces; null: none.</summary>
    Task<PersonId?> FindLookAlikeAsync(GroupId group, IReadOnlyList<EnrolmentPhoto> photos, CancellationToken cancellation);

    /// <summary>A JPEG of the photo with the numbers 1, 2, ... at the boxes.</summary>
    Task<byte[]> DrawNumbersAsync(EnrolmentPhoto photo, IReadOnlyList<Box> boxes, CancellationToken cancellation);

    /// <summary>A small JPEG of the face with some of its surroundings.</summary>
    Task<byte[]> CropAsync(EnrolmentPhoto photo, CancellationToken cancellation);
}

/// <param name="Media">The photo.</param>
/// <param name="Faces">Left to right; empty if no face was found.</param>
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

using System.Text.Json.Serialization;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Flows.Persons.Enrolment;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations.Photos;

/// <summary>The photos of a child that a conversation has so far; part of its persistent state.</summary>
internal abstract class PhotoDraft
{
    public const int MostPhotos = 10;

    /// <summary>The accepted photos.</summary>
    public List<EnrolmentPhoto> Photos { get; init; } = [];

    /// <summary>Photos not checked yet.</summary>
    public List<WaitingPhoto> Waiting { get; init; } = [];

    /// <summary>The photo in question.</summary>
    public PhotoInQuestion? Current { get; set; }

    /// <summary>Pictures created for the conversation.</summary>
    public List<MediaKey> Pictures { get; init; } = [];

    /// <summary>Name of the child; empty: unknown yet.</summary>
    [JsonIgnore]
    public abstract string Child { get; }

    /// <summary>The child, if registered already; null: not yet.</summary>
    [JsonIgnore]
    public virtual PersonId? KnownPerson => null;

    /// <summary>Whether there are enough photos if all of them are accepted.</summary>
    [JsonIgnore]
    public bool IsFull => Photos.Count + Waiting.Count + (Current is null ? 0 : 1) >= MostPhotos;

    /// <summary>Every file of the conversation.</summary>
    public IEnumerable<MediaKey> Media() =>
        [.. Photos.Select(photo => photo.Media), .. Waiting.Select(photo => photo.Media), .. Current is null ? [] : new[] { Current.Media }, .. Pictures];
}

/// <param name="Name">The sender's name for the file.</param>
internal sealed record WaitingPhoto(MediaKey Media, string Name);

/// <param name="Name">The sender's name for the file.</param>
/// <param name="Faces">All faces in it, left to right.</param>
/// <param name="Chosen">Index of the child's face, starting at 0; null: unknown yet.</param>
internal sealed record PhotoInQuestion(MediaKey Media, string Name, IReadOnlyList<CheckedFace> Faces, int? Chosen)
{
    /// <exception cref="InvalidOperationException">No face was chosen yet.</exception>
    public EnrolmentPhoto ToEnrolmentPhoto() =>
        new(Media, Faces[Chosen ?? throw new InvalidOperationException("No face of the photo was chosen yet.")].Box);
}

using System.Text.Json.Serialization;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Flows.Persons.Enrolment;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations.Photos;

/// <summary>The photos of a child that a conversation has so far: the part of its state that survives a restart.</summary>
internal abstract class PhotoDraft
{
    public const int MostPhotos = 10;

    /// <summary>The photos with a face to learn.</summary>
    public List<EnrolmentPhoto> Photos { get; init; } = [];

    /// <summary>Photos that nobody looked at yet.</summary>
    public List<WaitingPhoto> Waiting { get; init; } = [];

    /// <summary>The photo that a question is about.</summary>
    public PhotoInQuestion? Current { get; set; }

    /// <summary>Pictures that were made for the conversation.</summary>
    public List<MediaKey> Pictures { get; init; } = [];

    /// <summary>How the child is called; empty: not known yet.</summary>
    [JsonIgnore]
    public abstract string Child { get; }

    /// <summary>Whether there would be enough photos if all of them were good.</summary>
    [JsonIgnore]
    public bool IsFull => Photos.Count + Waiting.Count + (Current is null ? 0 : 1) >= MostPhotos;

    /// <summary>Every file of the conversation.</summary>
    public IEnumerable<MediaKey> Media() =>
        [.. Photos.Select(photo => photo.Media), .. Waiting.Select(photo => photo.Media), .. Current is null ? [] : new[] { Current.Media }, .. Pictures];
}

/// <param name="Name">As the sender named the file.</param>
internal sealed record WaitingPhoto(MediaKey Media, string Name);

/// <param name="Name">As the sender named the file.</param>
/// <param name="Faces">Everybody in it, left to right.</param>
/// <param name="Chosen">Which of them is the child, from 0; null: not known yet.</param>
internal sealed record PhotoInQuestion(MediaKey Media, string Name, IReadOnlyList<CheckedFace> Faces, int? Chosen)
{
    /// <exception cref="InvalidOperationException">No face was chosen yet.</exception>
    public EnrolmentPhoto ToEnrolmentPhoto() =>
        new(Media, Faces[Chosen ?? throw new InvalidOperationException("No face of the photo was chosen yet.")].Box);
}

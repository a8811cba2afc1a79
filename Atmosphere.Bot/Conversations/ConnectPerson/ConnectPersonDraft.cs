using System.Text.Json.Serialization;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations.ConnectPerson;

/// <summary>Where the conversation stands, and what is known of the child so far: the state that survives a restart.</summary>
internal sealed class ConnectPersonDraft
{
    public const int MostPhotos = 10;
    public const int GoodNumberOfPhotos = 3;

    [JsonConverter(typeof(JsonStringEnumConverter<ConnectState>))]
    public ConnectState State { get; set; }

    /// <summary>Id of the group whose photos are meant; null: not known yet.</summary>
    public string? Group { get; set; }

    public string? Name { get; set; }

    /// <summary>Hash of the code by which the parent was invited; null: they came by themselves.</summary>
    public string? Invitation { get; set; }

    /// <summary>Somebody is registered who looks just like the child: their name where it is the parent's own child, empty where it is another family's.</summary>
    public string? Resembles { get; set; }

    /// <summary>The parent says that it is another child than that one.</summary>
    public bool IsLookAlike { get; set; }

    /// <summary>The photos with a face to learn.</summary>
    public List<EnrolmentPhoto> Photos { get; init; } = [];

    /// <summary>Photos that nobody looked at yet.</summary>
    public List<WaitingPhoto> Waiting { get; init; } = [];

    /// <summary>The photo that a question is about.</summary>
    public PhotoInQuestion? Current { get; set; }

    /// <summary>Pictures that were made for the conversation.</summary>
    public List<MediaKey> Pictures { get; init; } = [];

    /// <summary>How many photos would be there if all of them were good.</summary>
    [JsonIgnore]
    public int PhotosAtMost => Photos.Count + Waiting.Count + (Current is null ? 0 : 1);

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

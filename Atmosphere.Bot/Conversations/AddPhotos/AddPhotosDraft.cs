using System.Text.Json.Serialization;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations.AddPhotos;

/// <summary>Whose photos, and which so far: the state that survives a restart.</summary>
internal sealed class AddPhotosDraft
{
    public const int MostPhotos = 10;

    [JsonConverter(typeof(JsonStringEnumConverter<AddPhotosState>))]
    public AddPhotosState State { get; set; }

    /// <summary>Id of the child.</summary>
    public string? Person { get; set; }

    public string Name { get; set; } = "";

    /// <summary>The photos with a face to learn.</summary>
    public List<EnrolmentPhoto> Photos { get; init; } = [];

    /// <summary>Photos that nobody looked at yet.</summary>
    public List<AddedPhoto> Waiting { get; init; } = [];

    /// <summary>The photo that a question is about.</summary>
    public AddedPhoto? Current { get; set; }

    /// <summary>Pictures that were made for the conversation.</summary>
    public List<MediaKey> Pictures { get; init; } = [];

    /// <summary>Every file of the conversation.</summary>
    public IEnumerable<MediaKey> Media() =>
        [.. Photos.Select(photo => photo.Media), .. Waiting.Select(photo => photo.Media), .. Current is null ? [] : new[] { Current.Media }, .. Pictures];
}

/// <param name="Name">As the sender named the file.</param>
internal sealed record AddedPhoto(MediaKey Media, string Name)
{
    /// <summary>Everybody in it, left to right; empty until somebody looked.</summary>
    public IReadOnlyList<CheckedFace> Faces { get; init; } = [];

    /// <summary>Which of them is the child, from 0; null: not known yet.</summary>
    public int? Chosen { get; init; }
}

using System.Text.Json.Serialization;
using Atmosphere.Bot.Conversations.Photos;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bot.Conversations.AddPhotos;

/// <summary>The persistent state: the child and the photos so far.</summary>
internal sealed class AddPhotosDraft : PhotoDraft
{
    [JsonConverter(typeof(JsonStringEnumConverter<AddPhotosState>))]
    public AddPhotosState State { get; set; }

    /// <summary>Id of the child.</summary>
    public string? Person { get; set; }

    public string Name { get; set; } = "";

    [JsonIgnore]
    public override string Child => Name;

    [JsonIgnore]
    public override PersonId? KnownPerson => Person is { } id ? new PersonId(id) : null;
}

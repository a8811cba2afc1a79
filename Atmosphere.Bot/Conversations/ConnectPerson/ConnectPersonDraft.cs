using System.Text.Json.Serialization;
using Atmosphere.Bot.Conversations.Photos;

namespace Atmosphere.Bot.Conversations.ConnectPerson;

/// <summary>The persistent state of the conversation, with the child's data so far.</summary>
internal sealed class ConnectPersonDraft : PhotoDraft
{
    public const int GoodNumberOfPhotos = 3;

    [JsonConverter(typeof(JsonStringEnumConverter<ConnectState>))]
    public ConnectState State { get; set; }

    /// <summary>Id of the group whose photos are searched; null: unknown yet.</summary>
    public string? Group { get; set; }

    public string? Name { get; set; }

    /// <summary>A word that may be the name or a command; null: none.</summary>
    public string? Typed { get; set; }

    /// <summary>Hash of the invitation code that the parent used; null: none.</summary>
    public string? Invitation { get; set; }

    /// <summary>The name of the parent's own child that this one looks just like; null: none.</summary>
    public string? Resembles { get; set; }

    /// <summary>The parent says that this is another child than that one.</summary>
    public bool IsLookAlike { get; set; }

    /// <summary>The parent wants a teacher to look at the face.</summary>
    public bool AsksTeacher { get; set; }

    [JsonIgnore]
    public override string Child => Name ?? "";
}

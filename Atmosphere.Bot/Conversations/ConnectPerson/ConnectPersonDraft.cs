using System.Text.Json.Serialization;
using Atmosphere.Bot.Conversations.Photos;

namespace Atmosphere.Bot.Conversations.ConnectPerson;

/// <summary>Where the conversation stands, and what is known of the child so far: the state that survives a restart.</summary>
internal sealed class ConnectPersonDraft : PhotoDraft
{
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

    [JsonIgnore]
    public override string Child => Name ?? "";
}

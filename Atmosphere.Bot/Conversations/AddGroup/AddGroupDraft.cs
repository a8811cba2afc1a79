using System.Text.Json.Serialization;

namespace Atmosphere.Bot.Conversations.AddGroup;

/// <summary>Where the conversation stands: the state that survives a restart.</summary>
internal sealed class AddGroupDraft
{
    [JsonConverter(typeof(JsonStringEnumConverter<AddGroupState>))]
    public AddGroupState State { get; set; }

    /// <summary>What the group shall be called.</summary>
    public string? Name { get; set; }
}

internal enum AddGroupState
{
    /// <summary>Not begun, or over.</summary>
    Closed,

    /// <summary>Either of the questions below.</summary>
    Asking,

    AskName,

    AskLanguage,
}

internal enum AddGroupTrigger
{
    AddGroup,
    NameGiven,
    NameRefused,
    LanguageGiven,
    Help,
    Back,
    Cancel,

    /// <summary>Something that is no answer.</summary>
    Unclear,
}

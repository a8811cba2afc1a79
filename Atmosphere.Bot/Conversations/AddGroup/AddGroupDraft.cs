using System.Text.Json.Serialization;

namespace Atmosphere.Bot.Conversations.AddGroup;

/// <summary>The persistent state of the conversation.</summary>
internal sealed class AddGroupDraft
{
    [JsonConverter(typeof(JsonStringEnumConverter<AddGroupState>))]
    public AddGroupState State { get; set; }

    /// <summary>Name of the new group.</summary>
    public string? Name { get; set; }
}

internal enum AddGroupState
{
    /// <summary>Not started, or finished.</summary>
    Closed,

    /// <summary>Superstate of the questions below.</summary>
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

    /// <summary>The text is not an answer.</summary>
    Unclear,
}

using System.Text.Json.Serialization;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bot.Conversations.RemovePerson;

internal enum RemoveState
{
    Closed,

    /// <summary>Superstate of the questions below.</summary>
    Asking,
    AskWhich,

    /// <summary>Either of the two confirmations.</summary>
    Confirming,
    Confirm,
    ConfirmLeaving,
}

internal enum RemoveTrigger
{
    /// <summary>The user has no registered child.</summary>
    NoChild,

    /// <summary>The child was registered by another guardian, who alone may remove it: this user can only leave.</summary>
    ChosenOfOther,

    /// <summary>It is not said which of several children.</summary>
    Several,

    /// <summary>No child of theirs has that name or number.</summary>
    Unknown,

    /// <summary>One child is meant.</summary>
    Chosen,
    Yes,
    No,
    Back,
    Cancel,
    Help,

    /// <summary>The chat was opened again.</summary>
    Again,

    /// <summary>Words that mean nothing here, or files.</summary>
    Unclear,
}

/// <summary>The persistent state of the conversation.</summary>
internal sealed class RemovePersonDraft
{
    [JsonConverter(typeof(JsonStringEnumConverter<RemoveState>))]
    public RemoveState State { get; set; }

    /// <summary>The child to confirm; an id that no longer exists is answered as unknown.</summary>
    public string? Person { get; set; }

    [JsonIgnore]
    public PersonId? Chosen => Person is null ? null : new PersonId(Person);
}

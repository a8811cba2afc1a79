using System.Text.Json.Serialization;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bot.Conversations.ReportPicture;

internal enum PictureState
{
    Closed,

    /// <summary>Superstate of the questions below.</summary>
    Asking,
    AskWhich,

    /// <summary>Either of the two questions that a yes or no answers.</summary>
    Deciding,
    AskConsent,
    AskEnd,
}

internal enum PictureTrigger
{
    /// <summary>The user has no registered child.</summary>
    NoChild,

    /// <summary>It is not said which of several children.</summary>
    Several,

    /// <summary>No child of theirs has that name or number.</summary>
    Unknown,

    /// <summary>One child is meant, and the user has not agreed.</summary>
    Chosen,

    /// <summary>One child is meant, and the user has agreed before.</summary>
    ChosenAgain,
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
internal sealed class ReportPictureDraft
{
    [JsonConverter(typeof(JsonStringEnumConverter<PictureState>))]
    public PictureState State { get; set; }

    /// <summary>The child asked about; an id that no longer exists is answered as unknown.</summary>
    public string? Person { get; set; }

    [JsonIgnore]
    public PersonId? Chosen => Person is null ? null : new PersonId(Person);
}

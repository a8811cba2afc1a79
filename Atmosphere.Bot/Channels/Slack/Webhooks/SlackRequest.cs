namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>A user's action on Slack, with the data needed later. Deleted once it is handled.</summary>
/// <param name="User">Slack's id of the user.</param>
internal sealed record SlackRequest(SlackRequestKind Kind, string User)
{
    /// <summary>The channel; null: in the user's App Home, or in a form.</summary>
    public string? Channel { get; init; }

    /// <summary>Slack's address for an answer. It is secret: anybody who knows it can use it.</summary>
    public string? ResponseUrl { get; init; }

    /// <summary>The trigger_id: lets us open a form, once, within three seconds.</summary>
    public string? Trigger { get; init; }

    /// <summary>The form in which the action took place.</summary>
    public string? View { get; init; }

    /// <summary>The button's action_id, block_id and value.</summary>
    public string? Action { get; init; }

    public string? Block { get; init; }

    public string? Value { get; init; }

    /// <summary>Command: the typed text. Sentence: its key.</summary>
    public string? Text { get; init; }
}

internal enum SlackRequestKind
{
    /// <summary>A pressed button.</summary>
    Click,

    /// <summary>The /atmosphere command.</summary>
    Command,

    /// <summary>A text to send to the user.</summary>
    Sentence,
}

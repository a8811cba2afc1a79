namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>What somebody did on Slack, as far as it is needed later. It is forgotten once it is done.</summary>
/// <param name="User">Slack's id of whoever did it.</param>
internal sealed record SlackRequest(SlackRequestKind Kind, string User)
{
    /// <summary>Where; null: in their App Home, or in a form.</summary>
    public string? Channel { get; init; }

    /// <summary>Slack's address for an answer; whoever knows it may use it.</summary>
    public string? ResponseUrl { get; init; }

    /// <summary>Lets us open a form, once, within three seconds.</summary>
    public string? Trigger { get; init; }

    /// <summary>The form in which it was done.</summary>
    public string? View { get; init; }

    /// <summary>The button's action_id, block_id and value.</summary>
    public string? Action { get; init; }

    public string? Block { get; init; }

    public string? Value { get; init; }

    /// <summary>Command: what was typed. Sentence: its key.</summary>
    public string? Text { get; init; }
}

internal enum SlackRequestKind
{
    /// <summary>A button.</summary>
    Click,

    /// <summary>/atmosphere and words.</summary>
    Command,

    /// <summary>A sentence that somebody is to read.</summary>
    Sentence,
}

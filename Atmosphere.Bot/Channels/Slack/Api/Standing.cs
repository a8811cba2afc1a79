namespace Atmosphere.Bot.Channels.Slack.Api;

/// <summary>Whether a Slack user may answer questions.</summary>
internal enum Standing
{
    /// <summary>A member of the channel.</summary>
    Member,

    /// <summary>Not a member of the channel.</summary>
    Outside,

    /// <summary>A guest of the workspace, who sees only some channels.</summary>
    Guest,

    /// <summary>From another workspace, through a shared channel.</summary>
    Stranger,

    /// <summary>A bot, or a deactivated account.</summary>
    Nobody,
}

/// <param name="Language">Their language in Slack, BCP 47.</param>
/// <param name="At">When Slack was asked.</param>
internal sealed record SlackMember(Standing Standing, string Language, DateTimeOffset At)
{
    /// <summary>Their phone number, such as +15551234567, as their profile says it; null: it says none, or not with the country.</summary>
    public string? Number { get; init; }

    public bool IsMember => Standing == Standing.Member;

    /// <summary>Key of the text that refuses them.</summary>
    public string Refusal => Standing switch
    {
        Standing.Guest => "slack-answers.guest",
        Standing.Stranger => "slack-answers.stranger",
        _ => "slack-answers.not-a-member",
    };
}

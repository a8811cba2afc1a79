namespace Atmosphere.Bot.Channels.Slack.Api;

/// <summary>Whether somebody on Slack may help and see.</summary>
internal enum Standing
{
    /// <summary>A colleague in the channel.</summary>
    Member,

    /// <summary>Not in the channel.</summary>
    Outside,

    /// <summary>A guest of the workspace, who sees some channels only.</summary>
    Guest,

    /// <summary>From another workspace, through a shared channel.</summary>
    Stranger,

    /// <summary>A program, or an account that is closed.</summary>
    Nobody,
}

/// <param name="Language">In which Slack speaks to them, BCP 47.</param>
/// <param name="At">When Slack was asked.</param>
internal sealed record SlackMember(Standing Standing, string Language, DateTimeOffset At)
{
    public bool IsMember => Standing == Standing.Member;

    /// <summary>Key of the sentence that refuses them.</summary>
    public string Refusal => Standing switch
    {
        Standing.Guest => "slack-answers.guest",
        Standing.Stranger => "slack-answers.stranger",
        _ => "slack-answers.not-a-member",
    };
}

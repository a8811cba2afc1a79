namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <param name="Name">What follows the word.</param>
internal sealed record SlackCommand(SlackCommandKind Kind, string Name)
{
    /// <summary>What follows /atmosphere, in any case; what is not understood is a question for help.</summary>
    public static SlackCommand Read(string text)
    {
        var words = text.Trim();
        var space = words.IndexOfAny([' ', '\t', '\n', '\u00a0']);
        var (word, rest) = space < 0 ? (words, "") : (words[..space], words[space..].Trim());
        return word.ToLowerInvariant() switch
        {
            "status" => new SlackCommand(SlackCommandKind.Status, ""),
            "unknown" => new SlackCommand(SlackCommandKind.Unknown, ""),
            "person" when rest.Length > 0 => new SlackCommand(SlackCommandKind.Person, rest),
            _ => new SlackCommand(SlackCommandKind.Help, ""),
        };
    }
}

internal enum SlackCommandKind
{
    /// <summary>What can be asked.</summary>
    Help,

    /// <summary>What waits, and how the server is.</summary>
    Status,

    /// <summary>The faces that wait for a name.</summary>
    Unknown,

    /// <summary>Whether somebody is registered.</summary>
    Person,
}

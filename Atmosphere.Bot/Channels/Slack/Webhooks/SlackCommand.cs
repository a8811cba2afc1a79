namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <param name="Name">The text after the command word.</param>
internal sealed record SlackCommand(SlackCommandKind Kind, string Name)
{
    /// <summary>Parses the text after /atmosphere, ignoring case; an unknown text means help.</summary>
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
    /// <summary>List the commands.</summary>
    Help,

    /// <summary>Show open work and the server's health.</summary>
    Status,

    /// <summary>List the faces that wait for a name.</summary>
    Unknown,

    /// <summary>Tell whether a person is registered.</summary>
    Person,
}

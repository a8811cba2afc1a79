using System.Text.RegularExpressions;
using Atmosphere.Bot.Channels.Doors;

namespace Atmosphere.Bot.Channels.Slack;

/// <summary>Section <c>Atmosphere:Channels:Slack</c>: the workspace of the colleagues. Without a bot token nobody is asked.</summary>
internal sealed partial class SlackOptions
{
    public const string Section = "Atmosphere:Channels:Slack";

    /// <summary>
    /// The bot user's OAuth token (xoxb-...) with the scopes files:write and files:read; default none. Never in appsettings.json: use the
    /// environment.
    /// </summary>
    public string? BotToken { get; set; }

    /// <summary>Id of the channel that is written to, such as C0123456789; the bot must be its member. Needed with a token.</summary>
    public string? Channel { get; set; }

    /// <summary>Slack's Web API, with a / at its end.</summary>
    public string ApiBaseUrl { get; set; } = "https://slack.com/api/";

    /// <summary>How long a call may take; 1 second to 2 minutes, default 15 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    public bool HasToken => !string.IsNullOrWhiteSpace(BotToken);

    public IEnumerable<string> Problems()
    {
        if (HasToken && BotToken!.Any(letter => letter is <= ' ' or > '~'))
            yield return $"{Section}:BotToken holds a space or a letter that no token has; copy it again.";
        if (HasToken && !ChannelId().IsMatch(Channel ?? ""))
            yield return $"{Section}:Channel is '{Channel}'; use the channel's id, such as C0123456789 (in Slack: the channel's details, at the bottom).";
        if (!Uri.TryCreate(ApiBaseUrl, UriKind.Absolute, out var url) || !url.AbsolutePath.EndsWith('/'))
            yield return $"{Section}:ApiBaseUrl is '{ApiBaseUrl}'; use an absolute address with a / at its end, or leave the setting out.";
        else if (url.Scheme != Uri.UriSchemeHttps && !LoopbackName.IsUrl(ApiBaseUrl))
            yield return $"{Section}:ApiBaseUrl is '{ApiBaseUrl}'; use https, as the token is sent there, or leave the setting out.";
        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(2))
            yield return $"{Section}:Timeout is {Timeout}; use 00:00:01 to 00:02:00 (the default is 00:00:15).";
    }

    [GeneratedRegex(@"\A[CG][A-Z0-9]{2,30}\z")]
    private static partial Regex ChannelId();
}

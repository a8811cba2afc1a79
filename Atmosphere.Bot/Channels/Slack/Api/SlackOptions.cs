using System.Text.RegularExpressions;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Texts;

namespace Atmosphere.Bot.Channels.Slack.Api;

/// <summary>
/// Section <c>Atmosphere:Channels:Slack</c>: the workspace of the colleagues. Without a bot token nobody is asked; docs/slack.md says how the
/// app is made.
/// </summary>
internal sealed partial class SlackOptions
{
    public const string Section = "Atmosphere:Channels:Slack";

    /// <summary>What the bot token must be allowed, as docs/slack-app.yaml asks for it.</summary>
    public const string Scopes =
        "chat:write, files:read, files:write, users:read, users:read.email, channels:history, groups:history, channels:read, groups:read, im:history, im:write and commands";

    /// <summary>The bot user's OAuth token (xoxb-...) with the <see cref="Scopes"/>; default none. Never in appsettings.json: use the environment.</summary>
    public string? BotToken { get; set; }

    /// <summary>
    /// Signs what Slack sends to our doors: 32 hexadecimal letters, from the app's page "Basic Information". Needed with a bot token, as
    /// buttons would be dead without it. Never in appsettings.json: use the environment.
    /// </summary>
    public string? SigningSecret { get; set; }

    /// <summary>The signing secret before the last "Regenerate": both are taken until this setting is taken away; default none.</summary>
    public string? PreviousSigningSecret { get; set; }

    /// <summary>Id of the workspace, such as T0123456789: what another one sends is refused. Default: any that signs with our secret.</summary>
    public string? TeamId { get; set; }

    /// <summary>Id of the channel that is written to, such as C0123456789; the bot must be its member. Needed with a token.</summary>
    public string? Channel { get; set; }

    /// <summary>What colleagues read: en, he or es; default en.</summary>
    public string? Language { get; set; }

    /// <summary>Slack's Web API, with a / at its end.</summary>
    public string ApiBaseUrl { get; set; } = "https://slack.com/api/";

    /// <summary>How long a call may take; 1 second to 2 minutes, default 15 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    public bool HasToken => !string.IsNullOrWhiteSpace(BotToken);

    /// <summary>What colleagues read.</summary>
    public Language LanguageOf(Languages languages) => string.IsNullOrWhiteSpace(Language) ? languages.Default : languages.Of(Language);

    /// <summary>Whether Slack's doors are open.</summary>
    public bool HasSigningSecret => !string.IsNullOrWhiteSpace(SigningSecret);

    /// <summary>The signing secrets that count.</summary>
    public IEnumerable<string> SigningSecrets => new[] { SigningSecret, PreviousSigningSecret }.Where(secret => !string.IsNullOrWhiteSpace(secret))!;

    public IEnumerable<string> Problems() => ProblemsOfTheWorkspace().Concat(ProblemsOfTheDoors()).Concat(ProblemsOfTheCalls());

    private IEnumerable<string> ProblemsOfTheDoors()
    {
        if (HasToken && !HasSigningSecret)
            yield return $"{Section}:SigningSecret is missing, so that no button that colleagues press would do anything; copy it from the app's page \"Basic Information\".";
        if (HasSigningSecret && !HasToken)
            yield return $"{Section}:SigningSecret is set without {Section}:BotToken; set the bot token (xoxb-...) as well, or take the signing secret away.";
        if (HasSigningSecret && !Secret().IsMatch(SigningSecret!))
            yield return $"{Section}:SigningSecret is no signing secret of Slack (32 letters and digits); copy it again. It is neither the client secret nor the verification token.";
        if (!string.IsNullOrWhiteSpace(PreviousSigningSecret) && !HasSigningSecret)
            yield return $"{Section}:PreviousSigningSecret is set without {Section}:SigningSecret; put the secret that counts there.";
        if (!string.IsNullOrWhiteSpace(PreviousSigningSecret) && !Secret().IsMatch(PreviousSigningSecret))
            yield return $"{Section}:PreviousSigningSecret is no signing secret of Slack (32 letters and digits); copy it again, or leave the setting out.";
        if (!string.IsNullOrWhiteSpace(TeamId) && !WorkspaceId().IsMatch(TeamId))
            yield return $"{Section}:TeamId is '{TeamId}'; use the workspace's id, such as T0123456789, or leave the setting out.";
    }

    private IEnumerable<string> ProblemsOfTheWorkspace()
    {
        if (HasToken && BotToken!.Any(letter => letter is <= ' ' or > '~'))
            yield return $"{Section}:BotToken holds a space or a letter that no token has; copy it again.";
        if (HasToken && !ChannelId().IsMatch(Channel ?? ""))
            yield return $"{Section}:Channel is '{Channel}'; use the channel's id, such as C0123456789 (in Slack: the channel's details, at the bottom).";
        if (!string.IsNullOrWhiteSpace(Language) && !Languages.Codes.Contains(Language, StringComparer.Ordinal))
            yield return $"{Section}:Language is '{Language}'; use one of {string.Join(", ", Languages.Codes)}, or leave the setting out.";
    }

    private IEnumerable<string> ProblemsOfTheCalls()
    {
        if (!Uri.TryCreate(ApiBaseUrl, UriKind.Absolute, out var url) || !url.AbsolutePath.EndsWith('/'))
            yield return $"{Section}:ApiBaseUrl is '{ApiBaseUrl}'; use an absolute address with a / at its end, or leave the setting out.";
        else if (url.Scheme != Uri.UriSchemeHttps && !LoopbackName.IsUrl(ApiBaseUrl))
            yield return $"{Section}:ApiBaseUrl is '{ApiBaseUrl}'; use https, as the token is sent there, or leave the setting out.";
        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(2))
            yield return $"{Section}:Timeout is {Timeout}; use 00:00:01 to 00:02:00 (the default is 00:00:15).";
    }

    [GeneratedRegex(@"\A[CG][A-Z0-9]{2,30}\z")]
    private static partial Regex ChannelId();

    // Those of today are 32 hexadecimal letters; others some day are no reason to stay away.
    [GeneratedRegex(@"\A[0-9A-Za-z]{32,128}\z")]
    private static partial Regex Secret();

    [GeneratedRegex(@"\A[TE][A-Z0-9]{2,30}\z")]
    private static partial Regex WorkspaceId();
}

using System.ComponentModel.DataAnnotations;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Bot.Channels.Slack.Api;

/// <summary>
/// Section <c>Atmosphere:Channels:Slack</c>: the workspace of the colleagues. Without a bot token nobody is asked; docs/slack.md says how the
/// app is made.
/// </summary>
internal sealed class SlackOptions : IRelatedSettings
{
    public const string Section = "Atmosphere:Channels:Slack";

    // Those of today are 32 hexadecimal letters; others some day are no reason to stay away.
    private const string Secret = "[0-9A-Za-z]{32,128}";
    private const string SecretWords = "the app's signing secret, 32 letters and digits (neither the client secret nor the verification token)";

    /// <summary>What the bot token must be allowed, as docs/slack-app.yaml asks for it.</summary>
    public const string Scopes =
        "chat:write, files:read, files:write, users:read, users:read.email, channels:history, groups:history, channels:read, groups:read, im:history, im:write and commands";

    /// <summary>The bot user's OAuth token (xoxb-...) with the <see cref="Scopes"/>. Never in appsettings.json: use the environment.</summary>
    [Secret]
    [RegularExpression("[!-~]*", ErrorMessage = "the bot token as Slack shows it, without any space")]
    public string? BotToken { get; set; }

    /// <summary>
    /// Signs what Slack sends to our doors, from the app's page "Basic Information". Needed with a bot token, as
    /// buttons would be dead without it. Never in appsettings.json: use the environment.
    /// </summary>
    [Secret]
    [RegularExpression(Secret, ErrorMessage = SecretWords)]
    public string? SigningSecret { get; set; }

    /// <summary>The signing secret before the last "Regenerate": both are taken until this setting is taken away.</summary>
    [Secret]
    [RegularExpression(Secret, ErrorMessage = SecretWords)]
    public string? PreviousSigningSecret { get; set; }

    /// <summary>Id of the workspace: what another one sends is refused. Default: any that signs with our secret.</summary>
    [RegularExpression("[TE][A-Z0-9]{2,30}", ErrorMessage = "the workspace's id, such as T0123456789, or leave the setting out")]
    public string? TeamId { get; set; }

    /// <summary>Id of the channel that is written to; the bot must be its member. Needed with a token.</summary>
    [RegularExpression("[CG][A-Z0-9]{2,30}", ErrorMessage = "the channel's id, such as C0123456789 (in Slack: the channel's details, at the bottom)")]
    public string? Channel { get; set; }

    /// <summary>What colleagues read; English where it is not set.</summary>
    [LanguageCode]
    public string? Language { get; set; }

    /// <summary>Slack's Web API.</summary>
    [WebAddress(Scheme.HttpsOrThisMachine, folder: true)]
    public string ApiBaseUrl { get; set; } = "https://slack.com/api/";

    /// <summary>How long a call may take.</summary>
    [TimeRange("00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    public bool HasToken => !string.IsNullOrWhiteSpace(BotToken);

    /// <summary>What colleagues read.</summary>
    public Language LanguageOf(Languages languages) => string.IsNullOrWhiteSpace(Language) ? languages.Default : languages.Of(Language);

    /// <summary>Whether Slack's doors are open.</summary>
    public bool HasSigningSecret => !string.IsNullOrWhiteSpace(SigningSecret);

    /// <summary>The signing secrets that count.</summary>
    public IEnumerable<string> SigningSecrets => new[] { SigningSecret, PreviousSigningSecret }.Where(secret => !string.IsNullOrWhiteSpace(secret))!;

    public IEnumerable<string> Problems()
    {
        if (HasToken && !HasSigningSecret)
            yield return $"{Section}:SigningSecret is missing, so that no button that colleagues press would do anything; copy it from the app's page \"Basic Information\".";
        if (HasSigningSecret && !HasToken)
            yield return $"{Section}:SigningSecret is set without {Section}:BotToken; set the bot token (xoxb-...) as well, or take the signing secret away.";
        if (!string.IsNullOrWhiteSpace(PreviousSigningSecret) && !HasSigningSecret)
            yield return $"{Section}:PreviousSigningSecret is set without {Section}:SigningSecret; put the secret that counts there.";
        if (HasToken && string.IsNullOrWhiteSpace(Channel))
            yield return $"{Section}:Channel is missing, but {Section}:BotToken is set; name the channel's id, such as C0123456789, or take the bot token away.";
    }
}

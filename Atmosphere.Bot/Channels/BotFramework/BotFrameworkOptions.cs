using System.ComponentModel.DataAnnotations;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>Section <c>Atmosphere:Channels:BotFramework</c>. Without an app id the endpoint answers this machine only.</summary>
internal sealed class BotFrameworkOptions : IRelatedSettings
{
    public const string Section = "Atmosphere:Channels:BotFramework";

    /// <summary>The bot's app id (GUID) at Microsoft.</summary>
    public string? AppId { get; set; }

    /// <summary>The app's client secret; needed with an app id. Never in appsettings.json: use the environment.</summary>
    [Secret]
    public string? AppPassword { get; set; }

    /// <summary>The tenant of a single-tenant app; botframework.com is the multi-tenant one.</summary>
    public string TenantId { get; set; } = "botframework.com";

    /// <summary>Where the keys are described that sign incoming requests.</summary>
    [WebAddress(Scheme.Https)]
    public string OpenIdMetadataUrl { get; set; } = "https://login.botframework.com/v1/.well-known/openidconfiguration";

    /// <summary>The issuer of the tokens of incoming requests.</summary>
    public string TokenIssuer { get; set; } = "https://api.botframework.com";

    /// <summary>Where tokens for replies are fetched; TenantId is put between this and /oauth2/v2.0/token.</summary>
    [WebAddress(Scheme.Https)]
    public string LoginUrl { get; set; } = "https://login.microsoftonline.com";

    /// <summary>How this server is reached from outside, for links to pictures; default: as the request named it.</summary>
    [WebAddress]
    public string? PublicUrl { get; set; }

    /// <summary>How long a call to a channel may take.</summary>
    [TimeRange("00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a request with deliveryMode expectReplies is kept open. Later replies are sent normally.</summary>
    [TimeRange("00:00:01", "00:01:00")]
    public TimeSpan ExpectRepliesWithin { get; set; } = TimeSpan.FromSeconds(14);

    /// <summary>How many activities a minute are taken from one conversation, and from one sender, where an app id is set.</summary>
    [Range(1, 10_000), Unit("activities")]
    public int MessagesPerMinute { get; set; } = 120;

    /// <summary>How many activities an hour are taken from one sender, where an app id is set.</summary>
    [Range(1, 100_000), Unit("activities")]
    public int MessagesPerHour { get; set; } = 1000;

    public bool HasApp => !string.IsNullOrWhiteSpace(AppId);

    public IEnumerable<string> Problems()
    {
        if (HasApp && string.IsNullOrWhiteSpace(AppPassword))
            yield return $"{Section}:AppId is set and {Section}:AppPassword is not; set the app's client secret, or remove the app id.";
    }
}

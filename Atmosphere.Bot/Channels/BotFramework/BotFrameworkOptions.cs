namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>Section <c>Atmosphere:Channels:BotFramework</c>. Without an app id the endpoint answers this machine only.</summary>
internal sealed class BotFrameworkOptions
{
    public const string Section = "Atmosphere:Channels:BotFramework";

    /// <summary>The bot's app id (GUID) at Microsoft; default none.</summary>
    public string? AppId { get; set; }

    /// <summary>The app's client secret; needed with an app id. Never in appsettings.json: use the environment.</summary>
    public string? AppPassword { get; set; }

    /// <summary>The tenant of a single-tenant app; default botframework.com, the multi-tenant one.</summary>
    public string TenantId { get; set; } = "botframework.com";

    /// <summary>Where the keys are described that sign incoming requests; https.</summary>
    public string OpenIdMetadataUrl { get; set; } = "https://login.botframework.com/v1/.well-known/openidconfiguration";

    /// <summary>The issuer of the tokens of incoming requests.</summary>
    public string TokenIssuer { get; set; } = "https://api.botframework.com";

    /// <summary>Where tokens for replies are fetched, https; TenantId is put between this and /oauth2/v2.0/token.</summary>
    public string LoginUrl { get; set; } = "https://login.microsoftonline.com";

    /// <summary>How this server is reached from outside, for links to pictures; default: as the request named it.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>How long a call to a channel may take; 1 second to 2 minutes, default 15 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a request with deliveryMode expectReplies is kept open; 1 to 60 seconds, default 14 seconds. Later replies are sent normally.</summary>
    public TimeSpan ExpectRepliesWithin { get; set; } = TimeSpan.FromSeconds(14);

    /// <summary>How many activities a minute are taken from one conversation where an app id is set; 1 to 10000, default 120.</summary>
    public int MessagesPerMinute { get; set; } = 120;

    public bool HasApp => !string.IsNullOrWhiteSpace(AppId);

    public IEnumerable<string> Problems()
    {
        if (HasApp && string.IsNullOrWhiteSpace(AppPassword))
            yield return $"{Section}:AppId is set and {Section}:AppPassword is not; set the app's client secret, or remove the app id.";
        if (!IsHttps(OpenIdMetadataUrl))
            yield return $"{Section}:OpenIdMetadataUrl is '{OpenIdMetadataUrl}'; use an https address, or leave the setting out.";
        if (!IsHttps(LoginUrl))
            yield return $"{Section}:LoginUrl is '{LoginUrl}'; use an https address, or leave the setting out.";
        if (string.IsNullOrWhiteSpace(TokenIssuer))
            yield return $"{Section}:TokenIssuer is empty; name the issuer of the tokens, or leave the setting out.";
        if (PublicUrl is not null && !Uri.TryCreate(PublicUrl, UriKind.Absolute, out _))
            yield return $"{Section}:PublicUrl is '{PublicUrl}'; use an absolute address, or leave the setting out.";
        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(2))
            yield return $"{Section}:Timeout is {Timeout}; use 00:00:01 to 00:02:00 (the default is 00:00:15).";
        if (ExpectRepliesWithin < TimeSpan.FromSeconds(1) || ExpectRepliesWithin > TimeSpan.FromMinutes(1))
            yield return $"{Section}:ExpectRepliesWithin is {ExpectRepliesWithin}; use 00:00:01 to 00:01:00 (the default is 00:00:14).";
        if (MessagesPerMinute is < 1 or > 10_000)
            yield return $"{Section}:MessagesPerMinute is {MessagesPerMinute}; use 1 to 10000 (the default is 120).";
    }

    private static bool IsHttps(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps;
}

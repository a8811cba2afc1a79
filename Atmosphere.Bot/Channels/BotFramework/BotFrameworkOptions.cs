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

    /// <summary>Where the keys are described that sign incoming requests.</summary>
    public string OpenIdMetadataUrl { get; set; } = "https://login.botframework.com/v1/.well-known/openidconfiguration";

    /// <summary>Where tokens for replies are fetched; TenantId is put between this and /oauth2/v2.0/token.</summary>
    public string LoginUrl { get; set; } = "https://login.microsoftonline.com";

    /// <summary>How this server is reached from outside, for links to pictures; default: as the request named it.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>How long a call to a channel may take; 1 second to 2 minutes, default 15 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a request with deliveryMode expectReplies is kept open; 1 to 60 seconds, default 14 seconds. Later replies are sent normally.</summary>
    public TimeSpan ExpectRepliesWithin { get; set; } = TimeSpan.FromSeconds(14);

    public bool HasApp => !string.IsNullOrWhiteSpace(AppId);

    public IEnumerable<string> Problems()
    {
        if (HasApp && string.IsNullOrWhiteSpace(AppPassword))
            yield return $"{Section}:AppId is set and {Section}:AppPassword is not; set the app's client secret, or remove the app id.";
        if (!Uri.TryCreate(OpenIdMetadataUrl, UriKind.Absolute, out _))
            yield return $"{Section}:OpenIdMetadataUrl is '{OpenIdMetadataUrl}'; use an absolute address, or leave the setting out.";
        if (!Uri.TryCreate(LoginUrl, UriKind.Absolute, out _))
            yield return $"{Section}:LoginUrl is '{LoginUrl}'; use an absolute address, or leave the setting out.";
        if (PublicUrl is not null && !Uri.TryCreate(PublicUrl, UriKind.Absolute, out _))
            yield return $"{Section}:PublicUrl is '{PublicUrl}'; use an absolute address, or leave the setting out.";
        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(2))
            yield return $"{Section}:Timeout is {Timeout}; use 00:00:01 to 00:02:00 (the default is 00:00:15).";
        if (ExpectRepliesWithin < TimeSpan.FromSeconds(1) || ExpectRepliesWithin > TimeSpan.FromMinutes(1))
            yield return $"{Section}:ExpectRepliesWithin is {ExpectRepliesWithin}; use 00:00:01 to 00:01:00 (the default is 00:00:14).";
    }
}

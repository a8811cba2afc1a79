using System.ComponentModel.DataAnnotations;
using System.Net;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>Section <c>Atmosphere:Channels:WhatsApp:Twilio</c>: the account that carries WhatsApp. Without an account sid its doors answer 404.</summary>
internal sealed class TwilioOptions : IRelatedSettings
{
    public const string Section = "Atmosphere:Channels:WhatsApp:Twilio";

    /// <summary>
    /// Where Twilio keeps media and where it redirects to: hosts, with the beginning of the path where a host is shared with strangers.
    /// </summary>
    public static readonly string[] OwnMediaHosts =
    [
        "api.twilio.com", "mcs.us1.twilio.com", "media.us1.twilio.com", "media.twiliocdn.com", "mms.twiliocdn.com",
        "s3-external-1.amazonaws.com/media.twiliocdn.com/",
    ];

    /// <summary>The account.</summary>
    [RegularExpression("AC[0-9a-fA-F]{32}", ErrorMessage = "the account's sid, AC and 32 hexadecimal digits")]
    public string? AccountSid { get; set; }

    /// <summary>Signs what comes in and opens what is asked; needed with an account sid. Never in appsettings.json: use the environment.</summary>
    [Secret]
    [RegularExpression("[!-~]*", ErrorMessage = "the token as Twilio shows it, without any space")]
    public string? AuthToken { get; set; }

    /// <summary>The other token while the two are exchanged: signatures by it are accepted too.</summary>
    [Secret]
    [RegularExpression("[!-~]*", ErrorMessage = "the token as Twilio shows it, without any space")]
    public string? SecondAuthToken { get; set; }

    /// <summary>The bot's WhatsApp number. When set, what was sent to other numbers is ignored.</summary>
    [WhatsAppNumber]
    public string? From { get; set; }

    /// <summary>How Twilio reaches this server, without the path; default <c>Atmosphere:PublicUrl</c>. Signatures cover it.</summary>
    [WebAddress]
    public string? PublicUrl { get; set; }

    /// <summary>The scheme and host that a proxy of <see cref="Proxies"/> says it was called by decide instead of PublicUrl.</summary>
    public bool TrustForwardedHeaders { get; set; }

    /// <summary>The proxies whose X-Forwarded-Proto and X-Forwarded-Host are believed.</summary>
    [Network]
    public string[]? Proxies { get; set; }

    /// <summary>The Messages API and its media.</summary>
    [WebAddress(Scheme.HttpsOrThisMachine, folder: true)]
    public string ApiBaseUrl { get; set; } = "https://api.twilio.com/";

    /// <summary>The Conversations API.</summary>
    [WebAddress(Scheme.HttpsOrThisMachine, folder: true)]
    public string ConversationsBaseUrl { get; set; } = "https://conversations.twilio.com/";

    /// <summary>The media of Conversations.</summary>
    [WebAddress(Scheme.HttpsOrThisMachine, folder: true)]
    public string MediaBaseUrl { get; set; } = "https://mcs.us1.twilio.com/";

    /// <summary>From where media is fetched, redirects too; Twilio's hosts where none are named.</summary>
    [HostAndPath]
    public string[]? MediaHosts { get; set; }

    /// <summary>Media is also fetched where a host of the list is this machine (then by http, too) or in a private network.</summary>
    public bool AllowPrivateTargets { get; set; }

    /// <summary>How long a call may take.</summary>
    [TimeRange("00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Messages of one sender that are answered within a minute.</summary>
    [Range(1, 10_000), Unit("messages")]
    public int MessagesPerMinute { get; set; } = 30;

    /// <summary>Messages of one sender that are answered within an hour.</summary>
    [Range(1, 100_000), Unit("messages")]
    public int MessagesPerHour { get; set; } = 200;

    public bool HasAccount => !string.IsNullOrWhiteSpace(AccountSid);

    /// <summary><see cref="From"/> as Twilio writes it; null where it is not set.</summary>
    public string? FromAddress =>
        string.IsNullOrWhiteSpace(From) ? null : From.StartsWith(WhatsAppAddress.Prefix, StringComparison.Ordinal) ? From : WhatsAppAddress.Prefix + From;

    /// <summary>The tokens by which a request may be signed.</summary>
    public IEnumerable<string> SigningTokens => new[] { AuthToken, SecondAuthToken }.Where(token => !string.IsNullOrEmpty(token)).Select(token => token!);

    public IEnumerable<string> Problems()
    {
        if (!HasAccount && !(string.IsNullOrWhiteSpace(AuthToken) && string.IsNullOrWhiteSpace(From)))
            yield return $"{Section}:AccountSid is missing, but {(string.IsNullOrWhiteSpace(AuthToken) ? "From" : "AuthToken")} is set; set the account's sid, or remove the section.";
        if (HasAccount && string.IsNullOrWhiteSpace(AuthToken))
            yield return $"{Section}:AuthToken is missing, but {Section}:AccountSid is set; set the account's auth token, or remove the account sid.";
        if (HasAccount && string.IsNullOrWhiteSpace(PublicUrl) && !TrustForwardedHeaders)
            yield return $"{Section}:PublicUrl is missing; set the address by which Twilio reaches this server, such as https://bot.example.org: signatures cover it.";
        if (TrustForwardedHeaders && Proxies is not { Length: > 0 })
            yield return $"{Section}:Proxies is empty, but {Section}:TrustForwardedHeaders is on; name the addresses of the proxies, or turn it off.";
    }

    /// <summary>One address or a network; null: neither.</summary>
    public static IPNetwork? Network(string text)
    {
        if (IPAddress.TryParse(text, out var address))
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return IPNetwork.TryParse(text, out var network) ? network : null;
    }
}

/// <summary>The bot's number, as Twilio writes it or without the prefix.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WhatsAppNumberAttribute : TextRuleAttribute
{
    public WhatsAppNumberAttribute() => ErrorMessage = "the bot's WhatsApp number with + and country code, such as whatsapp:+15551234567";

    protected override bool Fits(string text) => WhatsAppAddress.Read(text) is not null || WhatsAppAddress.Read(WhatsAppAddress.Prefix + text) is not null;
}

/// <summary>An IP address or a network.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NetworkAttribute : TextRuleAttribute
{
    public NetworkAttribute() => ErrorMessage = "IP addresses such as 10.0.0.4, or networks such as 10.0.0.0/8";

    protected override bool Fits(string text) => TwilioOptions.Network(text) is not null;
}

/// <summary>A host, or a host with the beginning of a path.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HostAndPathAttribute : TextRuleAttribute
{
    public HostAndPathAttribute() => ErrorMessage = "the name of a host, such as api.twilio.com, with the beginning of a path where only that is meant";

    protected override bool Fits(string text) => Uri.TryCreate($"https://{text}", UriKind.Absolute, out var url) && url.UserInfo.Length == 0;
}

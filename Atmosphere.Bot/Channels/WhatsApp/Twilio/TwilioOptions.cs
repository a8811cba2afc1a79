using System.Net;
using System.Text.RegularExpressions;
using Atmosphere.Bot.Channels.Access;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>Section <c>Atmosphere:Channels:WhatsApp:Twilio</c>: the account that carries WhatsApp. Without an account sid its doors answer 404.</summary>
internal sealed partial class TwilioOptions
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

    /// <summary>AC and 32 hexadecimal digits; default none.</summary>
    public string? AccountSid { get; set; }

    /// <summary>Signs what comes in and opens what is asked; needed with an account sid. Never in appsettings.json: use the environment.</summary>
    public string? AuthToken { get; set; }

    /// <summary>The other token while the two are exchanged: signatures by it are accepted too; default none.</summary>
    public string? SecondAuthToken { get; set; }

    /// <summary>The bot's WhatsApp number, such as whatsapp:+15551234567 or +15551234567. When set, what was sent to other numbers is ignored; default none.</summary>
    public string? From { get; set; }

    /// <summary>How Twilio reaches this server, without the path; default <c>Atmosphere:PublicUrl</c>. Signatures cover it.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>The scheme and host that a proxy of <see cref="Proxies"/> says it was called by decide instead of PublicUrl; default false.</summary>
    public bool TrustForwardedHeaders { get; set; }

    /// <summary>IP addresses or networks (10.0.0.0/8) of the proxies whose X-Forwarded-Proto and X-Forwarded-Host are believed; default none.</summary>
    public string[]? Proxies { get; set; }

    /// <summary>The Messages API and its media, with a / at its end.</summary>
    public string ApiBaseUrl { get; set; } = "https://api.twilio.com/";

    /// <summary>The Conversations API, with a / at its end.</summary>
    public string ConversationsBaseUrl { get; set; } = "https://conversations.twilio.com/";

    /// <summary>The media of Conversations, with a / at its end.</summary>
    public string MediaBaseUrl { get; set; } = "https://mcs.us1.twilio.com/";

    /// <summary>From where media is fetched, redirects too: hosts, or hosts with the beginning of a path; default Twilio's.</summary>
    public string[]? MediaHosts { get; set; }

    /// <summary>Media is also fetched where a host of the list is this machine (then by http, too) or in a private network; default false.</summary>
    public bool AllowPrivateTargets { get; set; }

    /// <summary>How long a call may take; 1 second to 2 minutes, default 15 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Messages of one sender that are answered within a minute; 1 to 10,000, default 30.</summary>
    public int MessagesPerMinute { get; set; } = 30;

    /// <summary>Messages of one sender that are answered within an hour; 1 to 100,000, default 200.</summary>
    public int MessagesPerHour { get; set; } = 200;

    public bool HasAccount => !string.IsNullOrWhiteSpace(AccountSid);

    /// <summary><see cref="From"/> as Twilio writes it; null where it is not set.</summary>
    public string? FromAddress =>
        string.IsNullOrWhiteSpace(From) ? null : From.StartsWith(WhatsAppAddress.Prefix, StringComparison.Ordinal) ? From : WhatsAppAddress.Prefix + From;

    /// <summary>The tokens by which a request may be signed.</summary>
    public IEnumerable<string> SigningTokens => new[] { AuthToken, SecondAuthToken }.Where(token => !string.IsNullOrEmpty(token)).Select(token => token!);

    public IEnumerable<string> Problems()
    {
        if (!HasAccount)
        {
            if (!string.IsNullOrWhiteSpace(AuthToken) || !string.IsNullOrWhiteSpace(From))
                yield return $"{Section}:AccountSid is missing, but {(string.IsNullOrWhiteSpace(AuthToken) ? "From" : "AuthToken")} is set; set the account's sid, or remove the section.";
        }
        else
        {
            if (!Sid().IsMatch(AccountSid!))
                yield return $"{Section}:AccountSid is '{AccountSid}'; use the account's sid, AC and 32 hexadecimal digits.";
            if (string.IsNullOrWhiteSpace(AuthToken))
                yield return $"{Section}:AuthToken is missing, but {Section}:AccountSid is set; set the account's auth token, or remove the account sid.";
            if (string.IsNullOrWhiteSpace(PublicUrl) && !TrustForwardedHeaders)
                yield return $"{Section}:PublicUrl is missing; set the address by which Twilio reaches this server, such as https://bot.example.org: signatures cover it.";
            if (!string.IsNullOrWhiteSpace(PublicUrl) && !(Uri.TryCreate(PublicUrl, UriKind.Absolute, out var own) && own.Scheme is "http" or "https" && own.Query.Length == 0))
                yield return $"{Section}:PublicUrl is '{PublicUrl}'; use an absolute http or https address without a query.";
        }

        if (new[] { AuthToken, SecondAuthToken }.Any(token => token?.Any(letter => letter is <= ' ' or > '~') == true))
            yield return $"{Section}:AuthToken or SecondAuthToken holds a space or a letter that no token has; copy it again.";
        if (FromAddress is { } from && WhatsAppAddress.Read(from) is null)
            yield return $"{Section}:From is '{From}'; use the bot's WhatsApp number with + and country code, such as whatsapp:+15551234567.";
        if (TrustForwardedHeaders && Proxies is not { Length: > 0 })
            yield return $"{Section}:Proxies is empty, but {Section}:TrustForwardedHeaders is on; name the addresses of the proxies, or turn it off.";
        foreach (var problem in Proxies?.Where(proxy => Network(proxy) is null).Select(proxy => $"{Section}:Proxies has '{proxy}'; use IP addresses such as 10.0.0.4, or networks such as 10.0.0.0/8.") ?? [])
            yield return problem;
        foreach (var problem in AddressProblems())
            yield return problem;
        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(2))
            yield return $"{Section}:Timeout is {Timeout}; use 00:00:01 to 00:02:00 (the default is 00:00:15).";
        if (MessagesPerMinute is < 1 or > 10_000)
            yield return $"{Section}:MessagesPerMinute is {MessagesPerMinute}; use 1 to 10000 (the default is 30).";
        if (MessagesPerHour is < 1 or > 100_000)
            yield return $"{Section}:MessagesPerHour is {MessagesPerHour}; use 1 to 100000 (the default is 200).";
    }

    /// <summary>One address or a network; null: neither.</summary>
    public static IPNetwork? Network(string text)
    {
        if (IPAddress.TryParse(text, out var address))
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return IPNetwork.TryParse(text, out var network) ? network : null;
    }

    private IEnumerable<string> AddressProblems()
    {
        foreach (var (key, address) in new[] { (nameof(ApiBaseUrl), ApiBaseUrl), (nameof(ConversationsBaseUrl), ConversationsBaseUrl), (nameof(MediaBaseUrl), MediaBaseUrl) })
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || !address.EndsWith('/'))
                yield return $"{Section}:{key} is '{address}'; use an absolute address with a / at its end, or leave the setting out.";
            else if (url.Scheme != Uri.UriSchemeHttps && !LoopbackName.IsUrl(address))
                yield return $"{Section}:{key} is '{address}'; use https, as the token is sent there, or leave the setting out.";
        }

        foreach (var host in MediaHosts?.Where(host => !Uri.TryCreate($"https://{host}", UriKind.Absolute, out var url) || url.UserInfo.Length > 0) ?? [])
            yield return $"{Section}:MediaHosts has '{host}'; use the name of a host, such as api.twilio.com, with the beginning of a path where only that is meant.";
    }

    [GeneratedRegex(@"\AAC[0-9a-fA-F]{32}\z")]
    private static partial Regex Sid();
}

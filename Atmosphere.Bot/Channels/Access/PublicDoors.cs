using Atmosphere.Recognition.Settings;

namespace Atmosphere.Bot.Channels.Access;

/// <summary>Tells whether a setting makes the server reachable from outside.</summary>
internal sealed class PublicDoors
{
    public const string Section = "Atmosphere";
    public const string Url = $"{Section}:PublicUrl";

    /// <summary>Each of these settings opens a channel or an address to strangers.</summary>
    private static readonly string[] _keys =
    [
        Url, "Atmosphere:Channels:BotFramework:AppId", "Atmosphere:Channels:BotFramework:PublicUrl",
        "Atmosphere:Channels:WhatsApp:Twilio:PublicUrl", "Atmosphere:Channels:WhatsApp:Twilio:AccountSid", "Atmosphere:Channels:WhatsApp:Twilio:AuthToken",
        "Atmosphere:Channels:WhatsApp:Waha:HmacKey", "Atmosphere:Channels:WhatsApp:Waha:BaseUrl", "Atmosphere:Channels:WhatsApp:Container:Key",
        "Atmosphere:Channels:Slack:SigningSecret", "Atmosphere:Channels:Slack:BotToken",
    ];

    /// <summary>The key of that setting; null: there is none.</summary>
    public string? OpenedBy { get; set; }

    /// <summary>Atmosphere:PublicUrl, how this server is reached from outside; default: it is not.</summary>
    [WebAddress]
    public string? PublicUrl { get; set; }

    public static string? Find(IConfiguration configuration) => _keys.FirstOrDefault(key => !string.IsNullOrWhiteSpace(configuration[key]));
}

using System.ComponentModel.DataAnnotations;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Bot.Channels.WhatsApp.Waha;

/// <summary>Section <c>Atmosphere:Channels:WhatsApp:Waha</c>: a WhatsApp container that speaks WAHA. Without a key for signatures its door answers 404.</summary>
internal sealed class WahaOptions : IRelatedSettings
{
    public const string Section = "Atmosphere:Channels:WhatsApp:Waha";

    /// <summary>The container's API, such as http://waha:3000/; needed with a key for signatures.</summary>
    [WebAddress(folder: true)]
    public string? BaseUrl { get; set; }

    /// <summary>Opens the container's API. Never in appsettings.json: use the environment.</summary>
    [Secret]
    [RegularExpression("[ -~]*", ErrorMessage = "letters that a header can carry: copy it again")]
    public string? ApiKey { get; set; }

    /// <summary>The webhook's hmac.key. Never in appsettings.json: use the environment.</summary>
    [Secret]
    [MinLength(16, ErrorMessage = "at least 16 characters, the same as in the webhook's hmac.key")]
    [RegularExpression("[ -~]*", ErrorMessage = "letters that a header can carry: copy it again")]
    public string? HmacKey { get; set; }

    /// <summary>The container's session whose groups are watched; what other sessions tell is ignored.</summary>
    public string Session { get; set; } = "default";

    /// <summary>How long a call may take.</summary>
    [TimeRange("00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>After a call without an end: how long before a chat that does not show the message counts as proof that it was not sent.</summary>
    [TimeRange("00:00:00", "00:10:00")]
    public TimeSpan AskAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a file that the container does not have yet may take to come; only then is it lost.</summary>
    [TimeRange("00:00:00", "00:10:00")]
    public TimeSpan FilesWithin { get; set; } = TimeSpan.FromMinutes(1);

    public bool IsOpen => !string.IsNullOrWhiteSpace(HmacKey);

    public IEnumerable<string> Problems()
    {
        if (IsOpen && string.IsNullOrWhiteSpace(BaseUrl))
            yield return $"{Section}:BaseUrl is missing, but HmacKey is set; set the address of the container, such as http://waha:3000/.";
        if (!IsOpen && !string.IsNullOrWhiteSpace(BaseUrl))
            yield return $"{Section}:HmacKey is missing, but BaseUrl is set; set the key of the container's webhook, or remove the section.";
    }
}

using System.ComponentModel.DataAnnotations;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>Section <c>Atmosphere:Channels:WhatsApp:Twilio</c>, the part about what is sent. Times are hours:minutes:seconds.</summary>
internal sealed class TwilioSendingOptions
{
    public const string Section = TwilioOptions.Section;

    /// <summary>How many messages a second leave from the number; Twilio gives a WhatsApp sender 80.</summary>
    [Range(1, 1000), Unit("messages")]
    public int MessagesPerSecond { get; set; } = 80;

    /// <summary>How long Twilio may fetch the picture of a message.</summary>
    [TimeRange("00:01:00", "01:00:00")]
    public TimeSpan PictureLinks { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the parent may fetch what WhatsApp does not take, a picture in full size or the file of an export.</summary>
    [TimeRange("00:10:00", "30.00:00:00")]
    public TimeSpan OriginalLinks { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long after a call without an end Twilio's list is believed when it does not name the message.</summary>
    [TimeRange("00:00:00", "00:10:00")]
    public TimeSpan AskAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Content sids (HX and 32 hexadecimal digits) of approved templates for what nobody asked for, 24 hours after the person's last message: <c>Photo</c> for
    /// a class photo, where {{1}} is the sentence and {{2}} what follows PublicUrl in the address of its picture; <c>Notice</c> for anything else,
    /// where {{1}} is the sentence. By language, such as Templates:Photo:he; a missing language speaks English.
    /// </summary>
    public TwilioTemplates Templates { get; set; } = new();
}

/// <summary>Content sids by language.</summary>
internal sealed class TwilioTemplates
{
    private const string Sid = "HX[0-9a-fA-F]{32}";
    private const string SidWords = "the template's content sid, HX and 32 hexadecimal digits";

    [RegularExpression(Sid, ErrorMessage = SidWords)]
    public Dictionary<string, string> Photo { get; set; } = [];

    [RegularExpression(Sid, ErrorMessage = SidWords)]
    public Dictionary<string, string> Notice { get; set; } = [];

    /// <returns>Null where there is none.</returns>
    public string? Find(bool isPhoto, string language)
    {
        var sids = isPhoto ? Photo : Notice;
        return sids.GetValueOrDefault(language) ?? sids.GetValueOrDefault("en");
    }
}

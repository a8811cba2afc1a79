using System.Text.RegularExpressions;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>Section <c>Atmosphere:Channels:WhatsApp:Twilio</c>, the part about what is sent. Times are hours:minutes:seconds.</summary>
internal sealed partial class TwilioSendingOptions
{
    public const string Section = TwilioOptions.Section;

    /// <summary>How many messages a second leave from the number; 1 to 1000, default 80, what Twilio gives a WhatsApp sender.</summary>
    public int MessagesPerSecond { get; set; } = 80;

    /// <summary>How long Twilio may fetch the picture of a message; one minute to one hour, default 10 minutes.</summary>
    public TimeSpan PictureLinks { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the parent may fetch what WhatsApp does not take, a picture in full size or the file of an export; ten minutes to 30 days, default 24 hours.</summary>
    public TimeSpan OriginalLinks { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long after a call without an end Twilio's list is believed when it does not name the message; none to 10 minutes, default one minute.</summary>
    public TimeSpan AskAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Content sids (HX and 32 hexadecimal digits) of approved templates for what nobody asked for, 24 hours after the person's last message: <c>Photo</c> for
    /// a class photo, where {{1}} is the sentence and {{2}} what follows PublicUrl in the address of its picture; <c>Notice</c> for anything else,
    /// where {{1}} is the sentence. By language, such as Templates:Photo:he; a missing language speaks English. Default none.
    /// </summary>
    public TwilioTemplates Templates { get; set; } = new();

    public IEnumerable<string> Problems()
    {
        if (MessagesPerSecond is < 1 or > 1000)
            yield return $"{TwilioOptions.Section}:MessagesPerSecond is {MessagesPerSecond}; use 1 to 1000 (the default is 80).";
        (string Name, TimeSpan Value, TimeSpan Least, TimeSpan Most)[] times =
        [
            (nameof(PictureLinks), PictureLinks, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1)),
            (nameof(OriginalLinks), OriginalLinks, TimeSpan.FromMinutes(10), TimeSpan.FromDays(30)),
            (nameof(AskAfter), AskAfter, TimeSpan.Zero, TimeSpan.FromMinutes(10)),
        ];
        foreach (var (name, value, least, most) in times.Where(time => time.Value < time.Least || time.Value > time.Most))
            yield return $"{TwilioOptions.Section}:{name} is {value}; use {least} to {most} ([days.]hours:minutes:seconds).";
        foreach (var (key, sid) in Templates.All().Where(template => !ContentSid().IsMatch(template.Sid)))
            yield return $"{TwilioOptions.Section}:Templates:{key} is '{sid}'; use the template's content sid, HX and 32 hexadecimal digits.";
    }

    [GeneratedRegex(@"\AHX[0-9a-fA-F]{32}\z")]
    private static partial Regex ContentSid();
}

/// <summary>Content sids by language.</summary>
internal sealed class TwilioTemplates
{
    public Dictionary<string, string> Photo { get; set; } = [];

    public Dictionary<string, string> Notice { get; set; } = [];

    /// <returns>Null where there is none.</returns>
    public string? Find(bool isPhoto, string language)
    {
        var sids = isPhoto ? Photo : Notice;
        return sids.GetValueOrDefault(language) ?? sids.GetValueOrDefault("en");
    }

    public IEnumerable<(string Key, string Sid)> All() =>
        Photo.Select(template => ($"Photo:{template.Key}", template.Value)).Concat(Notice.Select(template => ($"Notice:{template.Key}", template.Value)));
}

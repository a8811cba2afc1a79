using System.Collections.Frozen;
using System.Globalization;
using Atmosphere.Bot.Channels.Replies;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>The meaning of Twilio's error codes. Source of each: https://www.twilio.com/docs/api/errors/NUMBER.</summary>
internal static class TwilioErrors
{
    private static readonly FrozenDictionary<int, Undelivered> _known = new Dictionary<int, Undelivered>
    {
        // An error of the account, not of the message: it can be sent once an operator has fixed it.
        [20003] = Later("Twilio does not accept the account sid or the auth token."),
        [20005] = Later("The Twilio account is not active."),
        [20429] = Later("Twilio asks for a rest: too many requests."),
        [63010] = Later("WhatsApp had an internal error."),
        [63012] = Later("WhatsApp answered Twilio with an internal error."),
        [63018] = Later("The number sends more messages than WhatsApp allows."),
        [63038] = Later("The account has sent its messages of today."),

        [63016] = new(UndeliveredKind.Closed, "The person last wrote more than 24 hours ago: WhatsApp takes only a template."),

        // The user answered STOP to Twilio itself, which sends them nothing until they answer START.
        [21610] = new(UndeliveredKind.OptedOut, "The person has opted out with Twilio."),

        [11200] = Never("Twilio could not fetch the picture; look whether PublicUrl is reached from outside."),
        [12300] = Never("Twilio does not take pictures of that type."),
        [21211] = Never("The phone number cannot be."),
        [21408] = Never("The account may not send to that country."),
        [21609] = Never("Twilio does not accept the address for reports; look at PublicUrl."),
        [21614] = Never("The phone number takes no messages."),
        [21617] = Never("The text is longer than 1600 letters."),
        [21620] = Never("Twilio does not accept the address of the picture; look at PublicUrl."),
        [21655] = Never("The content sid of the template is not known to Twilio."),
        [21656] = Never("The template does not take the values that it was given."),
        [63003] = Never("The phone number has no WhatsApp."),
        [63005] = Never("WhatsApp does not take the content."),
        [63007] = Never("The number that sends has no WhatsApp with Twilio; look at From."),
        [63013] = Never("WhatsApp says that the message is against its rules."),
        [63014] = Never("The person has blocked the number that sends."),
        [63019] = Never("WhatsApp could not fetch the picture."),
        [63021] = Never("WhatsApp says that the content is not valid."),
        [63024] = Never("WhatsApp says that the recipient is not valid."),
        [63032] = Never("WhatsApp does not send this message to the person now: a limit of its own."),
        [63033] = Never("WhatsApp has blocked the recipient."),
        [63040] = Never("WhatsApp has rejected the template."),
        [63041] = Never("WhatsApp has paused the template."),
        [63042] = Never("WhatsApp has disabled the template."),
        [63049] = Never("WhatsApp chose not to deliver the template: it counts as advertising."),
    }.ToFrozenDictionary();

    /// <param name="error">Twilio's error code; null: none.</param>
    /// <param name="asTemplate">True if it was sent as a template: then no other form can be accepted.</param>
    public static Undelivered Judge(int? error, bool asTemplate)
    {
        var number = error is { } some ? string.Create(CultureInfo.InvariantCulture, $" (Twilio error {some})") : "";
        var known = error is { } code ? _known.GetValueOrDefault(code) : null;
        var kind = known?.Kind ?? UndeliveredKind.ForGood;
        if (kind == UndeliveredKind.Closed && asTemplate)
            return new Undelivered(UndeliveredKind.ForGood, $"WhatsApp does not take the template as one; look whether it is approved{number}.");
        return new Undelivered(kind, (known?.Reason ?? "Twilio could not deliver it.") + number);
    }

    private static Undelivered Later(string reason) => new(UndeliveredKind.ForNow, reason);

    private static Undelivered Never(string reason) => new(UndeliveredKind.ForGood, reason);
}

using System.Globalization;
using Atmosphere.Bot.Incoming;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>Converts a Twilio message to an incoming message.</summary>
internal static class TwilioMessage
{
    // Twilio sends at most ten; with more the user is told that some were left out.
    private const int MostMedia = 11;
    private const int MostNameLetters = 100;

    /// <returns>Null if nothing is said: a reaction, for example.</returns>
    public static IncomingMessage? Read(TwilioForm form)
    {
        var word = form["MessageType"];
        _ = int.TryParse(form["NumMedia"], NumberStyles.None, CultureInfo.InvariantCulture, out var count);
        var isPlace = form["Latitude"] is not null || form["Longitude"] is not null;
        if (count == 0 && !isPlace && !MessageKinds.IsSaid(MessageKinds.Of(new MessageContent { Words = word is null ? [] : [word] })))
            return null;
        // The text of a location is its address.
        var text = form["ButtonText"] ?? form["ListTitle"] ?? (isPlace ? null : form["Body"]) ?? "";
        return new IncomingMessage(IncomingKind.Message, text, isPlace ? [Unfetched(FileFailure.Location)] : [.. Media(form, word, count)])
        {
            ReplyTo = form["OriginalRepliedMessageSid"],
            Forwarded = IsTrue(form["Forwarded"]) || IsTrue(form["FrequentlyForwarded"]),
            ProfileName = form["ProfileName"] is { } name ? name[..Math.Min(name.Length, MostNameLetters)] : null,
        };
    }

    /// <summary>Files of unsupported kinds are not downloaded at all.</summary>
    private static IEnumerable<IncomingFile> Media(TwilioForm form, string? word, int count)
    {
        for (var index = 0; index < Math.Min(count, MostMedia); index++)
        {
            var suffix = index.ToString(CultureInfo.InvariantCulture);
            var type = form["MediaContentType" + suffix] ?? "";
            var kind = MessageKinds.Of(new MessageContent { Words = word is null ? [] : [word], ContentType = type, HasFile = true });
            yield return MessageKinds.FailureOf(kind) is { } failure
                ? Unfetched(failure, type)
                : form["MediaUrl" + suffix] is { } url
                    ? new IncomingFile("", type, Url: url, Origin: TwilioReference.Name)
                    : Unfetched(FileFailure.Missing, type);
        }
    }

    private static IncomingFile Unfetched(FileFailure failure, string type = "") => new("", type, Failure: failure);

    private static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
}

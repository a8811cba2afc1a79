using System.Globalization;
using System.Text;
using Atmosphere.Bot.Incoming;

namespace Atmosphere.Bot.Channels.WhatsApp;

/// <summary>Formats replies for WhatsApp: buttons become numbered lines, long texts several messages.</summary>
internal static class WhatsAppText
{
    /// <summary>Maximum characters of one message.</summary>
    public const int Longest = 1600;

    /// <summary>Maximum characters of a caption.</summary>
    public const int LongestCaption = 1024;

    private static readonly string[] _borders = ["\n\n", "\n", ". ", "! ", "? ", "… ", " "];

    /// <summary>The messages of a reply, in order; its picture belongs to the first.</summary>
    /// <param name="isAnswer">True: a typed number stands for a button; false: the buttons are words to type.</param>
    public static IReadOnlyList<string> Parts(Reply reply, bool isAnswer = true)
    {
        var parts = new List<string>();
        var rest = WithButtons(reply, isAnswer);
        var limit = reply.Picture is null ? Longest : LongestCaption;
        while (rest.Length > limit)
        {
            var end = EndOfPart(rest, limit);
            parts.Add(rest[..end].TrimEnd());
            rest = rest[end..].TrimStart();
            limit = Longest;
        }

        return [.. parts, rest];
    }

    /// <summary>A question with numbers of its own, such as faces, shows them in its text and picture already.</summary>
    private static string WithButtons(Reply reply, bool isAnswer)
    {
        if (reply.Buttons.Count == 0)
            return reply.Text;

        var text = new StringBuilder(reply.Text).Append('\n');
        var numbered = isAnswer && OfferedButtons.AreNumbered(reply);
        foreach (var (index, button) in reply.Buttons.Index())
        {
            if (numbered)
                text.Append(CultureInfo.InvariantCulture, $"\n{index + 1}. {button}");
            else if (!OfferedButtons.IsNumber(button))
                text.Append(CultureInfo.InvariantCulture, $"\n- {button}");
        }

        return text.ToString();
    }

    private static int EndOfPart(string text, int limit)
    {
        foreach (var border in _borders)
        {
            // A break near the beginning would make many small messages.
            var at = text.LastIndexOf(border, limit - border.Length, StringComparison.Ordinal);
            if (at > limit / 3)
                return at + border.Length;
        }

        return char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit;
    }
}

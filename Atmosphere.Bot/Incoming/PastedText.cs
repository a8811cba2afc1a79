using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Incoming;

/// <summary>
/// The one cleaner of codes, numbers and commands that are pasted: formatting marks of WhatsApp and Slack, quotes, dashes of every kind,
/// no-break spaces, direction marks, full-width digits, and the sentence around a code.
/// </summary>
internal static partial class PastedText
{
    private const int LongestSentence = 300;

    /// <summary>The text in plain characters, without marks around it: " *“４８２１”* " becomes "4821".</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
                plain.Append(' ');
            else if (Dashes.Contains(rune))
                plain.Append('-');
            else if (Rune.IsDigit(rune) || rune.Value is >= 0xFF01 and <= 0xFF5E)
                plain.Append(Rune.IsUpper(rune) ? Rune.ToUpperInvariant(NameFolding.Plain(rune)).ToString() : NameFolding.Plain(rune).ToString());
            else if (!NameFolding.IsMark(rune))
                plain.Append(rune.ToString());
        }

        return Unquoted(plain.ToString());
    }

    /// <summary>The text without the quotes and formatting marks around it, and otherwise as typed, such as a name.</summary>
    public static string Unquoted(string text) => Around().Replace(text, "");

    /// <summary>A number that stands alone, such as "2", "2.", "(2)" or "#2".</summary>
    public static int? NumberIn(string? text) =>
        int.TryParse(Plain(text ?? "").TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The code within a text, such as "My code is *ABCD-EFGH*, thanks".</summary>
    /// <returns>The text itself if it contains none, or several.</returns>
    public static string CodeIn(string text)
    {
        if (text.Length > LongestSentence)
            return text;
        var plain = Plain(text);
        if (CodeTable.LooksLikeOne(plain))
            return plain;
        var codes = Code().Matches(plain).Select(match => match.Value).Where(CodeTable.LooksLikeOne).Distinct().ToList();
        return codes is [var only] ? only : text;
    }

    private static readonly HashSet<Rune> Dashes =
        [.. "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u058A\u05BE\u301C\uFE58\uFE63\uFF0D".EnumerateRunes()];

    // What people and apps put around what they quote.
    [GeneratedRegex("""\A[\s*_~`"'‘’‚‛“”„‟«»‹›<>()\[\]{}|]+|[\s*_~`"'‘’‚‛“”„‟«»‹›<>()\[\]{}|.,;:!]+\z""")]
    private static partial Regex Around();

    // In a sentence only as the bot writes it: words such as "have-been" have the same letters.
    [GeneratedRegex("(?<![A-Za-z0-9-])[A-Z0-9]{4}-[A-Z0-9]{4}(?![A-Za-z0-9-])")]
    private static partial Regex Code();
}

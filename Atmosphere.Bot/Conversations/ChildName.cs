using System.Globalization;
using System.Text;

namespace Atmosphere.Bot.Conversations;

/// <summary>A child's name as typed by a parent: one line of visible characters.</summary>
internal static class ChildName
{
    public const int Longest = 60;

    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    /// <param name="typed">The typed text.</param>
    /// <param name="problem">Key of the text that says what is wrong.</param>
    /// <returns>The name; null if it is invalid.</returns>
    public static string? Parse(string typed, out string? problem)
    {
        var name = Clean(typed);
        problem = name.Length switch
        {
            0 => "connect-person.name-empty",
            > Longest => "connect-person.name-too-long",
            _ => name.Any(char.IsLetter) ? null : "connect-person.name-without-letters",
        };
        return problem is null ? name : null;
    }

    /// <summary>
    /// Removes control characters, invisible characters and direction marks, and collapses spaces. The joiners within Persian names and
    /// emoji stay.
    /// </summary>
    public static string Clean(string typed)
    {
        var clean = new StringBuilder();
        Rune? joiner = null;
        foreach (var rune in typed.EnumerateRunes())
        {
            if (rune.Value is ZeroWidthNonJoiner or ZeroWidthJoiner)
            {
                joiner = clean.Length > 0 && clean[^1] != ' ' ? rune : null;
                continue;
            }

            var category = Rune.GetUnicodeCategory(rune);
            var isSpace = Rune.IsWhiteSpace(rune) || category == UnicodeCategory.Control;
            if (isSpace && clean.Length > 0 && clean[^1] != ' ')
                clean.Append(' ');
            else if (!isSpace && joiner is { } within && IsShown(category))
                clean.Append(within.ToString()).Append(rune.ToString());
            else if (!isSpace && IsShown(category))
                clean.Append(rune.ToString());
            joiner = null;
        }

        return clean.ToString().Trim();
    }

    private static bool IsShown(UnicodeCategory category) =>
        category is not (UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}

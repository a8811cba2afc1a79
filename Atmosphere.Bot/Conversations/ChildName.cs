using System.Globalization;
using System.Text;

namespace Atmosphere.Bot.Conversations;

/// <summary>A child's name as typed by a parent: one line of visible characters.</summary>
internal static class ChildName
{
    public const int Longest = 60;

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

    public static bool AreSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Removes control characters, invisible characters and direction marks, and collapses spaces.</summary>
    public static string Clean(string typed)
    {
        var clean = new StringBuilder();
        foreach (var rune in typed.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var isSpace = Rune.IsWhiteSpace(rune) || category == UnicodeCategory.Control;
            if (isSpace && clean.Length > 0 && clean[^1] != ' ')
                clean.Append(' ');
            else if (!isSpace && category is not (UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned))
                clean.Append(rune.ToString());
        }

        return clean.ToString().Trim();
    }
}

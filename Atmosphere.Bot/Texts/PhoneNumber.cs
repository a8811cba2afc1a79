using System.Text.RegularExpressions;

namespace Atmosphere.Bot.Conversations.Invitations;

/// <summary>Parses phone numbers as people type them.</summary>
internal static partial class PhoneNumber
{
    private const int Shown = 4;

    /// <returns>Such as +15551234567; null if it is invalid or has no country code.</returns>
    public static string? Read(string typed)
    {
        var digits = Separators().Replace(typed, "");
        if (digits.StartsWith("00", StringComparison.Ordinal))
            digits = "+" + digits[2..];
        return International().IsMatch(digits) ? digits : null;
    }

    /// <summary>The last four digits: enough to notice a typing error, too few to call.</summary>
    public static string EndOf(string number) => number.Length > Shown ? number[^Shown..] : number;

    // Includes the invisible marks that phones add to pasted numbers.
    [GeneratedRegex(@"[\s().\-/\u00AD\u2010-\u2015]|\p{Cf}")]
    private static partial Regex Separators();

    [GeneratedRegex(@"\A\+[1-9][0-9]{6,14}\z")]
    private static partial Regex International();
}

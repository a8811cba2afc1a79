using System.Text.RegularExpressions;
using Atmosphere.Bot.Incoming;
using PhoneNumbers;

namespace Atmosphere.Bot.Texts;

/// <summary>
/// Parses phone numbers as people type them, and compares them as WhatsApp writes them: WhatsApp keeps the older form of some numbers
/// (Brazil without the ninth digit, Mexico with 52 1, Argentina with 54 9).
/// </summary>
internal static partial class PhoneNumber
{
    private const int Shown = 4;

    // No country is assumed.
    private const string NoRegion = "ZZ";

    private static readonly PhoneNumberUtil _numbers = PhoneNumberUtil.GetInstance();

    /// <param name="typed">With +, 00 or a national prefix, and any spaces and marks.</param>
    /// <param name="home">The bot's own number, whose country a number without a country code belongs to; null: such a number is invalid.</param>
    /// <returns>Such as +15551234567; null if it is invalid, or has no country code and there is no home.</returns>
    public static string? Read(string typed, string? home = null)
    {
        var digits = Separators().Replace(PastedText.Plain(typed), "");
        if (digits.StartsWith("00", StringComparison.Ordinal))
            digits = "+" + digits[2..];
        if (!Digits().IsMatch(digits))
            return null;
        // The tables of countries may be older than a new range of numbers.
        var read = International(digits, RegionOf(home)) ?? digits;
        read = International(read, NoRegion) ?? read;
        // Each reading drops one national prefix: with two of them, as in +46 00 12 34 56 7, it is a typing error.
        var settled = International(read, NoRegion) is not { } again || again == read;
        return settled && InternationalForm().IsMatch(read) ? read : null;
    }

    /// <summary>One form for all spellings of a number, to compare by; the number itself if it has one form only.</summary>
    /// <param name="number">Such as +15551234567.</param>
    public static string Canonical(string number) => number switch
    {
        ['+', '5', '5', _, _, '9', ..] when number.Length == 14 => number[..5] + number[6..],
        ['+', '5', '2', '1', ..] when number.Length == 14 => "+52" + number[4..],
        ['+', '5', '4', '9', ..] when number.Length == 14 => "+54" + number[4..],
        _ => number,
    };

    /// <summary>The last four digits: enough to notice a typing error, too few to call.</summary>
    public static string EndOf(string number) => number.Length > Shown ? number[^Shown..] : number;

    private static string RegionOf(string? home) =>
        home is not null && Parse(home, NoRegion) is { } number ? _numbers.GetRegionCodeForNumber(number) ?? NoRegion : NoRegion;

    private static string? International(string digits, string region) =>
        Parse(digits, region) is { } number && _numbers.IsPossibleNumber(number) ? _numbers.Format(number, PhoneNumberFormat.E164) : null;

    private static PhoneNumbers.PhoneNumber? Parse(string digits, string region)
    {
        try
        {
            return _numbers.Parse(digits, region);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"[\s().\-/]")]
    private static partial Regex Separators();

    [GeneratedRegex(@"\A\+?[0-9]{6,20}\z")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\A\+[1-9][0-9]{6,14}\z")]
    private static partial Regex InternationalForm();
}

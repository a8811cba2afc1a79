using System.Globalization;
using System.Text;
using Atmosphere.Bot.Conversations;
using Atmosphere.Recognition.Storage;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using PhoneNumbers;
using PhoneNumber = Atmosphere.Bot.Texts.PhoneNumber;

namespace Atmosphere.Bot.Tests.Conversations;

/// <summary>What people type and paste, in whatever spelling.</summary>
public sealed class NamesAndNumbersInAnySpelling : IDisposable
{
    private static readonly Gen<string> _typed = Gen.Elements(
            "a", "Z", "7", "é", "ש", "नि", "👧", " ", "\t", "\r\n", "\u00A0", "\u2028", "\0", "\u0007", "\u200B", "\u202E", "\u00AD", "\ud800", "\uE000", "-", "'")
        .ArrayOf().Select(string.Concat);

    private static readonly PhoneNumberUtil _phones = PhoneNumberUtil.GetInstance();

    private static readonly Gen<string> _between = Gen.Elements("", "", "", " ", "-", ".", "(", ")", "/", "\u00A0", "\u2011", "\u202A", "\u00AD");

    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-key-").FullName;
    private readonly DataKey _key;

    public NamesAndNumbersInAnySpelling() => _key = DataKey.Of(_folder, isNew: true);

    [Property(MaxTest = 1000)]
    public Property A_name_is_one_line_of_visible_characters_has_every_letter_and_cannot_be_cleaned_further() => Prop.ForAll(_typed.ToArbitrary(), typed =>
    {
        var name = ChildName.Clean(typed);
        Assert.Equal(name, ChildName.Clean(name));
        Assert.Equal(name, name.Trim());
        Assert.DoesNotContain("  ", name, StringComparison.Ordinal);
        Assert.All(name.EnumerateRunes(), rune => Assert.True(rune.Value == ' ' || IsVisible(rune), $"U+{rune.Value:X4} is in the name."));
        Assert.Equal(typed.EnumerateRunes().Where(Rune.IsLetterOrDigit), name.EnumerateRunes().Where(Rune.IsLetterOrDigit));
    });

    [Property(MaxTest = 1000)]
    public Property A_phone_number_is_read_however_it_is_spaced_and_with_either_prefix() =>
        Prop.ForAll((from number in Number() from spelling in Spelled(number) select (number, spelling)).ToArbitrary(), sample =>
            Assert.Equal(sample.number, PhoneNumber.Read(sample.spelling)));

    [Property(MaxTest = 1000)]
    public Property What_is_read_from_any_text_is_an_international_number_or_nothing()
    {
        var text =
            from number in Number()
            from spelling in Spelled(number)
            from at in Gen.Choose(0, spelling.Length - 1)
            from odd in Gen.Elements("", "+", "0", "00", "x", "٣", "\n", "\u202D", "5551234567")
            from replaced in Gen.Choose(0, 1)
            select spelling[..at] + odd + spelling[(at + replaced)..];
        return Prop.ForAll(text.ToArbitrary(), typed =>
        {
            if (PhoneNumber.Read(typed) is not { } number)
                return;
            Assert.Matches(@"\A\+[1-9][0-9]{6,14}\z", number);
            Assert.Equal(number, PhoneNumber.Read(number));
        });
    }

    [Theory]
    [InlineData("+46000123 45 67")]
    [InlineData("+46.00.0\u202A1.2\u202D3/4/5 67")]
    public void A_number_with_two_national_prefixes_is_a_typing_error(string typed) => Assert.Null(PhoneNumber.Read(typed));

    [Property(MaxTest = 1000)]
    public Property A_code_is_the_same_in_any_spelling_and_another_with_any_other_letter()
    {
        var sample =
            from code in Gen.Fresh(CodeTable.New)
            from cases in Gen.Elements(true, false).ArrayOf(code.Length)
            from spaces in Gen.Elements("", "", " ", "-", "\u00A0").ArrayOf(code.Length)
            from at in Gen.Choose(0, code.Length - 1).Where(at => code[at] != '-')
            from letter in Gen.Elements("ABCDEFGHJKMNPQRTUVWXY346789".ToCharArray()).Where(letter => letter != code[at])
            let spelling = string.Concat(code.Select((one, i) => (cases[i] ? char.ToLowerInvariant(one) : one) + spaces[i]))
            select (code, spelling, other: $"{code[..at]}{letter}{code[(at + 1)..]}");
        return Prop.ForAll(sample.ToArbitrary(), one =>
        {
            Assert.True(CodeTable.LooksLikeOne(one.spelling), one.spelling);
            Assert.Equal(CodeTable.HashOf(_key, one.code), CodeTable.HashOf(_key, one.spelling));
            Assert.NotEqual(CodeTable.HashOf(_key, one.code), CodeTable.HashOf(_key, one.other));
        });
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Gen<string> Number() =>
        Gen.Elements(_phones.GetSupportedRegions().Select(region => _phones.GetExampleNumberForType(region, PhoneNumberType.MOBILE)).OfType<PhoneNumbers.PhoneNumber>()
            .Select(number => _phones.Format(number, PhoneNumberFormat.E164)).Distinct().Order(StringComparer.Ordinal).ToArray());

    private static Gen<string> Spelled(string number) =>
        from prefix in Gen.Elements("+", "00")
        let written = prefix + number[1..]
        from spaces in _between.ArrayOf(written.Length)
        select string.Concat(written.Select((digit, i) => digit + spaces[i]));

    private static bool IsVisible(Rune rune) => !Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}

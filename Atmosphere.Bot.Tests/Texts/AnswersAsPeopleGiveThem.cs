using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Texts;

namespace Atmosphere.Bot.Tests.Texts;

/// <summary>Sayings that must count as yes or no, and sayings that must count as neither, by language: sayings/*.txt beside this file.</summary>
public sealed class AnswersAsPeopleGiveThem
{
    private const int AtLeast = 40;

    private static readonly Languages _languages = Languages.Load(Dialogs.Folder);

    public static TheoryData<string> Codes => [.. Languages.Codes];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_saying_counts_as_what_people_mean_by_it(string code)
    {
        var wrong = new List<string>();
        var counted = new Dictionary<string, int> { ["yes"] = 0, ["no"] = 0, ["neither"] = 0 };
        foreach (var (meant, saying) in Sayings(code))
        {
            counted[meant]++;
            var word = _languages.Find(_languages.Of(code), saying);
            var heard = word switch { Word.Yes => "yes", Word.No => "no", _ => "neither" };
            if (heard != meant)
                wrong.Add($"'{saying}' is heard as {heard}, not as {meant}");
        }

        Assert.Empty(wrong);
        Assert.True(counted["yes"] + counted["no"] >= AtLeast && counted["neither"] >= AtLeast, string.Join(", ", counted));
    }

    [Theory]
    [InlineData("en", "menu", "menú")]
    [InlineData("es", "hola", "ｈｏｌａ")]
    [InlineData("en", "help", " *Help!* ")]
    [InlineData("he", "שלום", "שָׁלוֹם")]
    public void A_command_is_found_in_any_spelling(string code, string plain, string typed) =>
        Assert.Equal(_languages.Find(_languages.Of(code), plain), _languages.Find(_languages.Of(code), typed));

    private static IEnumerable<(string Meant, string Saying)> Sayings(string code)
    {
        var meant = "";
        foreach (var line in File.ReadLines(Path.Combine(Dialogs.Folder, "..", "Atmosphere.Bot.Tests", "Texts", "sayings", $"{code}.txt")).Where(line => line.Length > 0))
        {
            if (line[0] == '#')
                meant = line[1..].Trim();
            else
                yield return (meant, line);
        }
    }
}

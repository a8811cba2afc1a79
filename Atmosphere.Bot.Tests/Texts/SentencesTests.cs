using System.Text.RegularExpressions;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Texts;

namespace Atmosphere.Bot.Tests.Texts;

public sealed partial class SentencesTests
{
    private static readonly string _sources = Path.Combine(Dialogs.Folder, "..");
    private readonly Sentences _sentences = Sentences.Load(Dialogs.Folder, "en");

    [Theory]
    [MemberData(nameof(LanguagesTests.Codes), MemberType = typeof(LanguagesTests))]
    public void Every_sentence_that_the_program_says_is_written_and_every_written_one_is_said(string code)
    {
        var said = SaidByTheProgram().ToHashSet(StringComparer.Ordinal);
        var written = Sentences.Load(Dialogs.Folder, code).Keys;
        Assert.Empty(said.Except(written));
        Assert.Empty(written.Except(said));
    }

    [Fact]
    public void A_missing_sentence_is_named()
    {
        var missing = Assert.Throws<KeyNotFoundException>(() => _sentences.Say("common.nothing-like-it"));
        Assert.Contains("common.nothing-like-it", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_value_is_named()
    {
        var missing = Assert.Throws<KeyNotFoundException>(() => _sentences.Say("connect-person.ask-photo"));
        Assert.Contains("{name}", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_somebody_typed_is_not_read_as_a_placeholder() =>
        Assert.Contains("{name}", _sentences.Say("connect-person.photos-please", new Dictionary<string, string> { ["name"] = "{name}" }), StringComparison.Ordinal);

    [Theory]
    [InlineData("add child", Word.AddChild)]
    [InlineData(" ADD, child! ", Word.AddChild)]
    [InlineData("My Children?", Word.MyChildren)]
    [InlineData("/help", Word.Help)]
    [InlineData("Cancel.", Word.Cancel)]
    [InlineData("go back", Word.Back)]
    [InlineData("that's all", Word.Done)]
    [InlineData("Yes, please!", Word.Yes)]
    [InlineData("NO", Word.No)]
    [InlineData("don't know", Word.CannotTell)]
    [InlineData("anything else", null)]
    [InlineData("", null)]
    [InlineData("?!", null)]
    public void Words_are_understood_however_they_are_typed(string typed, object? word) =>
        Assert.Equal((Word?)word, Words.Load(Dialogs.Folder, "en").Find(typed));

    [Fact]
    public void Every_button_is_understood_when_it_is_tapped()
    {
        var words = Words.Load(Dialogs.Folder, "en");
        foreach (var word in Enum.GetValues<Word>())
            Assert.Equal(word, words.Find(words.ButtonOf(word)));
    }

    private IEnumerable<string> SaidByTheProgram()
    {
        var folders = Directory.GetDirectories(Dialogs.Folder).Select(Path.GetFileName).ToHashSet();
        foreach (var file in new[] { "Atmosphere.Bot", "Atmosphere.Recognition" }.SelectMany(project => Directory.GetFiles(Path.Combine(_sources, project), "*.cs", SearchOption.AllDirectories)))
        {
            // The ids of Slack's buttons look like keys.
            if (file.Contains("/obj/", StringComparison.Ordinal) || file.Contains("/bin/", StringComparison.Ordinal) || Path.GetFileName(file) == "HomeActions.cs")
                continue;
            foreach (Match match in Key().Matches(File.ReadAllText(file)))
            {
                if (match.Groups[2].Value == "jpg" || !folders.Contains(match.Groups[1].Value))
                    continue;
                // The three states of a child are said by one key with a hole.
                foreach (var key in match.Groups[3].Success ? States(match.Groups[2].Value) : [match.Groups[2].Value])
                    yield return $"{match.Groups[1].Value}.{key}";
            }
        }
    }

    private static IEnumerable<string> States(string prefix) => new[] { "connecting", "connected", "failed" }.Select(state => prefix + state);

    [GeneratedRegex("\"([a-z-]+)\\.([a-z-]+)(\\{child\\.State\\})?\"")]
    private static partial Regex Key();
}

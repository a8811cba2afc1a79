using System.Text.RegularExpressions;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Texts;

namespace Atmosphere.Bot.Tests.Texts;

/// <summary>Every language says the same, and its own words are understood.</summary>
public sealed partial class LanguagesTests
{
    private readonly Languages _languages = Languages.Load(Dialogs.Folder);

    public static TheoryData<string> Codes => [.. Languages.Codes];

    public static TheoryData<string> Translations => [.. Languages.Codes.Skip(1)];

    [Theory]
    [MemberData(nameof(Translations))]
    public void Every_sentence_has_the_same_key_and_placeholders_as_in_English(string code)
    {
        var (english, other) = (_languages.Default.Sentences, _languages.Of(code).Sentences);
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), other.Keys.Order(StringComparer.Ordinal));
        Assert.All(english.Keys, key => Assert.Equal(english.PlaceholdersOf(key).Order(StringComparer.Ordinal), other.PlaceholdersOf(key).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Translations))]
    public void No_sentence_is_left_in_English(string code)
    {
        var (english, other) = (_languages.Default.Sentences, _languages.Of(code).Sentences);
        Assert.DoesNotContain(english.Keys, key => english.TextOf(key) == other.TextOf(key));
    }

    [Fact]
    public void Hebrew_sentences_are_Hebrew_and_no_line_of_them_begins_with_a_name()
    {
        var sentences = _languages.Of("he").Sentences;
        Assert.All(sentences.Keys.SelectMany(key => sentences.TextOf(key).Split('\n')), line =>
        {
            Assert.Matches("^[^\\p{L}{]*[\\u05D0-\\u05EA]", line);
            Assert.DoesNotMatch("\\p{Cf}", line);
        });
    }

    /// <summary>Such as: say "done" if you have no more. Sorted, as every language has its own order of words.</summary>
    [Theory]
    [MemberData(nameof(Codes))]
    public void A_word_that_a_sentence_quotes_is_the_same_word_in_every_language(string code)
    {
        var (english, language) = (_languages.Default, _languages.Of(code));
        var quoting = english.Sentences.Keys.Where(key => Quoted(english.Sentences.TextOf(key)).Any(text => english.Words.Find(text) is not null)).ToList();
        Assert.NotEmpty(quoting);
        Assert.All(quoting, key =>
        {
            var words = Quoted(english.Sentences.TextOf(key)).Select(english.Words.Find).Order();
            Assert.Equal(words, Quoted(language.Sentences.TextOf(key)).Select(language.Words.Find).Order());
        });
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_button_is_understood_whichever_language_is_spoken(string code)
    {
        var spoken = _languages.Of(code);
        foreach (var language in Languages.Codes.Select(_languages.Of))
            Assert.All(Enum.GetValues<Word>(), word => Assert.Equal(spoken.Words.Find(language.Words.ButtonOf(word)) ?? word, _languages.Find(spoken, language.Words.ButtonOf(word))));
        Assert.All(Enum.GetValues<Word>(), word => Assert.Equal(word, _languages.Find(spoken, spoken.Words.ButtonOf(word))));
    }

    /// <summary>WhatsApp cuts the title of a reply button after 20 letters.</summary>
    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_button_fits_on_a_phone(string code) =>
        Assert.All(Enum.GetValues<Word>(), word => Assert.InRange(_languages.Of(code).Words.ButtonOf(word).Length, 1, 20));

    [Theory]
    [InlineData("es", "si", Word.Yes)]
    [InlineData("es", "SÍ!", Word.Yes)]
    [InlineData("es", "anadir nino", Word.AddChild)]
    [InlineData("es", "¿Por que?", Word.Why)]
    [InlineData("es", "Atras", Word.Back)]
    [InlineData("es", "baja", Word.Stop)]
    [InlineData("es", "STOP", Word.Stop)]
    [InlineData("es", "unsubscribe", Word.Stop)]
    [InlineData("es", "cancel", Word.Cancel)]
    [InlineData("he", "כֵּן", Word.Yes)]
    [InlineData("he", "\u200Fהוספת ילד\u200F", Word.AddChild)]
    [InlineData("he", "הוספת\u200F ילד.", Word.AddChild)]
    [InlineData("he", "הסר", Word.Stop)]
    [InlineData("he", "די", Word.Done)]
    [InlineData("he", "stopall", Word.Stop)]
    [InlineData("en", "UNSTOP", Word.Start)]
    [InlineData("en", "Stop All", Word.Stop)]
    [InlineData("en", "quit", Word.Cancel)]
    [InlineData("en", "mis hijos", Word.MyChildren)]
    [InlineData("en", "ביטול", Word.Cancel)]
    public void Words_are_understood_however_they_are_typed(string spoken, string typed, object word) =>
        Assert.Equal((Word)word, _languages.Find(_languages.Of(spoken), typed));

    [Theory]
    [InlineData("es", "quitar a Maya", Word.RemoveChild, "Maya")]
    [InlineData("he", "להסיר את מאיה", Word.RemoveChild, "מאיה")]
    [InlineData("he", "remove Maya", Word.RemoveChild, "Maya")]
    public void A_word_may_be_followed_by_a_name(string spoken, string typed, object word, string after) =>
        Assert.Equal(((Word)word, after), _languages.Split(_languages.Of(spoken), typed, (Word)word));

    [Theory]
    [InlineData("שלום", "he")]
    [InlineData("Hi, אני אמא של Maya", "he")]
    [InlineData("hola", "es")]
    [InlineData("Hola!", "es")]
    [InlineData("Buenos dias", "es")]
    [InlineData("si", "es")]
    [InlineData("Añadir niño", "es")]
    [InlineData("¿Funciona?", "es")]
    [InlineData("Soy la madre de Maya", "es")]
    [InlineData("Hola, my name is José", "en")]
    [InlineData("quitar a Maya", "es")]
    [InlineData("Cómo funciona", "es")]
    [InlineData("mañana", "es")]
    [InlineData("hello", "en")]
    [InlineData("Add child", "en")]
    [InlineData("STOP", "en")]
    [InlineData("What is this?", "en")]
    [InlineData("Hi, I am the mother of José", "en")]
    [InlineData("remove Begoña", "en")]
    [InlineData("no", null)]
    [InlineData("ok", null)]
    [InlineData("info", null)]
    [InlineData("José", null)]
    [InlineData("Maya", null)]
    [InlineData("4821", null)]
    [InlineData("👍", null)]
    [InlineData("", null)]
    public void The_first_words_tell_the_language_or_nothing(string text, string? code) => Assert.Equal(code, _languages.Detect(text));

    private static IEnumerable<string> Quoted(string text) => QuotedText().Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex QuotedText();
}

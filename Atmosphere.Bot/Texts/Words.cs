using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Atmosphere.Recognition.Domain;
using YamlDotNet.Serialization;

namespace Atmosphere.Bot.Texts;

/// <summary>The command words of one language, with all their spellings: dialogs/common/words.&lt;locale&gt;.yaml.</summary>
internal sealed partial class Words
{
    /// <summary>How many typed characters, including punctuation, correspond to one character of a spelling at most.</summary>
    private const int AtMostTyped = 4;

    private readonly Dictionary<string, Word> _bySpelling;
    private readonly Dictionary<Word, string> _buttons;
    private readonly Answers _answers;
    private readonly int _longest;

    private Words(Dictionary<string, Word> bySpelling, Dictionary<Word, string> buttons, Answers answers) =>
        (_bySpelling, _buttons, _answers, _longest) = (bySpelling, buttons, answers, bySpelling.Keys.Max(spelling => spelling.Length));

    /// <exception cref="InvalidOperationException">A word has no spelling, or two words share one.</exception>
    public static Words Load(string folder, string locale)
    {
        var file = Path.Combine(folder, "common", $"words.{locale}.yaml");
        var spellings = new DeserializerBuilder().Build().Deserialize<Dictionary<string, List<string>>>(File.ReadAllText(file));
        var bySpelling = new Dictionary<string, Word>(StringComparer.Ordinal);
        var buttons = new Dictionary<Word, string>();
        foreach (var word in Enum.GetValues<Word>())
        {
            if (!spellings.TryGetValue(KeyOf(word), out var known) || known.Count == 0)
                throw new InvalidOperationException($"The word '{KeyOf(word)}' has no spelling in {file}. Add one.");
            buttons[word] = known[0];
            foreach (var spelling in known)
            {
                if (bySpelling.TryGetValue(Simplify(spelling), out var other) && other != word)
                    throw new InvalidOperationException($"'{spelling}' is a spelling of '{KeyOf(other)}' and of '{KeyOf(word)}' in {file}. Keep one.");
                bySpelling[Simplify(spelling)] = word;
            }
        }

        return new Words(bySpelling, buttons, Answers.Load(folder, locale, bySpelling));
    }

    /// <returns>Null if the text is no command word, and no yes or no in other words.</returns>
    public Word? Find(string text) => Find(text, Simplify(text));

    /// <param name="text">The text as typed.</param>
    /// <param name="simple">The text simplified by <see cref="Simplify"/>.</param>
    public Word? Find(string text, string simple)
    {
        var word = FindSimple(simple);
        return _answers.Contradicts(text, word) ? null : word ?? _answers.Find(text, simple);
    }

    private Word? FindSimple(string simple) => _bySpelling.TryGetValue(simple, out var word) ? word : null;

    /// <summary>The longest command word at the start of the text, and the rest as typed.</summary>
    /// <returns>Null if there is none, or nothing follows it.</returns>
    public (Word Word, string After)? Split(string text)
    {
        var typed = text.Trim();
        var simple = new StringBuilder();
        var (from, end, found) = (0, 0, default(Word?));
        foreach (var gap in Gap().EnumerateMatches(typed))
        {
            // Stops early in a long message: no spelling is that long, even with punctuation.
            if (gap.Index > AtMostTyped * _longest)
                break;
            var next = Simplify(typed[from..gap.Index]);
            simple.Append(simple.Length > 0 && next.Length > 0 ? " " : "").Append(next);
            if (simple.Length > _longest)
                break;
            from = gap.Index + gap.Length;
            if (next.Length > 0 && FindSimple(simple.ToString()) is { } word)
                (found, end) = (word, from);
        }

        return found is { } longest ? (longest, typed[end..]) : null;
    }

    /// <summary>The label of the word's button, such as "add child".</summary>
    public string ButtonOf(Word word) => _buttons[word];

    /// <summary>Converts AddChild to add-child.</summary>
    private static string KeyOf(Word word) => Capital().Replace($"{word}", "-$0").ToLowerInvariant();

    /// <summary>
    /// Lower case letters and digits with single spaces, without accents and Hebrew points: "  Añadir, niño!" becomes "anadir nino".
    /// </summary>
    public static string Simplify(string text)
    {
        var simple = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
                NameFolding.Append(simple, NameFolding.Plain(rune));
            else if (!IsWithinWords(rune) && simple.Length > 0 && simple[^1] != ' ')
                simple.Append(' ');
        }

        return simple.ToString().TrimEnd();
    }

    /// <summary>Apostrophes, accents, and the direction marks that phones put around Hebrew: they do not separate words.</summary>
    private static bool IsWithinWords(Rune rune) =>
        rune.Value is '\'' or '’' || NameFolding.IsMark(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Gap();

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex Capital();
}

/// <summary>The command words of all languages.</summary>
internal enum Word
{
    Hello,
    AddChild,
    MyChildren,
    AddPhotos,
    RemoveChild,
    Help,
    Cancel,
    Back,
    Done,
    Yes,
    No,
    None,
    Pause,
    Resume,
    Instant,
    Daily,

    /// <summary>Opt out: only messages that the user asks for are sent.</summary>
    Stop,

    /// <summary>Opt in again.</summary>
    Start,
    NotMyChild,
    Why,
    ForgetMe,
    Export,
    Language,
    AddGroup,
    Share,
    Allow,
    Refuse,

    /// <summary>Two faces are one child's.</summary>
    SameChild,

    /// <summary>Two faces are two children's.</summary>
    OtherChild,

    /// <summary>Leave a request to an operator.</summary>
    HandOver,

    /// <summary>Have a teacher look at a registration.</summary>
    AskTeacher,

    /// <summary>Answer questions about faces as a colleague.</summary>
    TagFaces,
    SomebodyElse,
    NewPerson,
    NoPerson,
    Visitor,
    CannotTell,
    Skip,
    Report,
    ReportPicture,
}

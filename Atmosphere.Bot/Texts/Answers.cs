using System.Text;
using YamlDotNet.Serialization;

namespace Atmosphere.Bot.Texts;

/// <summary>
/// Yes and no in other words than the spellings of <see cref="Words"/>: "yes, I agree!", "claro que sí, gracias", 👍. From
/// dialogs/common/answers.&lt;locale&gt;.yaml. A text counts only as a whole: every word of it belongs to one and the same answer.
/// </summary>
internal sealed class Answers
{
    private const int LongestText = 80;

    private readonly Dictionary<string, Word?> _phrases;
    private readonly Dictionary<Rune, Word> _signs;
    private readonly int _mostWords;

    private Answers(Dictionary<string, Word?> phrases, Dictionary<Rune, Word> signs) =>
        (_phrases, _signs, _mostWords) = (phrases, signs, phrases.Keys.Max(phrase => phrase.Count(letter => letter == ' ') + 1));

    /// <param name="folder">The dialogs folder.</param>
    /// <param name="locale">Such as "en".</param>
    /// <param name="spellings">The spellings of the words yes and no are phrases, too.</param>
    public static Answers Load(string folder, string locale, IReadOnlyDictionary<string, Word> spellings)
    {
        var file = new DeserializerBuilder().Build().Deserialize<Dictionary<string, List<string>>>(
            File.ReadAllText(Path.Combine(folder, "common", $"answers.{locale}.yaml")));
        var phrases = new Dictionary<string, Word?>(StringComparer.Ordinal);
        foreach (var phrase in file["polite"])
            phrases[Words.Simplify(phrase)] = null;
        foreach (var (spelling, word) in spellings.Where(one => one.Value is Word.Yes or Word.No))
            phrases[spelling] = word;
        foreach (var (key, word) in new[] { ("yes", Word.Yes), ("no", Word.No) })
        {
            foreach (var phrase in file[key])
                phrases[Words.Simplify(phrase)] = word;
        }

        var signs = new Dictionary<Rune, Word>();
        foreach (var (key, word) in new[] { ("yes-signs", Word.Yes), ("no-signs", Word.No) })
        {
            foreach (var sign in file[key])
                signs[sign.EnumerateRunes().First()] = word;
        }

        return new Answers(phrases, signs);
    }

    /// <summary>Whether a yes or no is asked back, or a sign beside it says the opposite: it answers nothing.</summary>
    public bool Contradicts(string text, Word? word) =>
        word is Word.Yes or Word.No && (IsQuestion(text) || Signs(text).Any(sign => sign != word));

    /// <param name="text">The text as typed.</param>
    /// <param name="simple">The text simplified by <see cref="Words.Simplify"/>.</param>
    /// <returns><see cref="Word.Yes"/>, <see cref="Word.No"/>, or null.</returns>
    public Word? Find(string text, string simple)
    {
        if (text.Length > LongestText || IsQuestion(text))
            return null;
        var said = Signs(text).ToHashSet();
        if (simple.Length > 0)
        {
            if (Read(simple.Split(' '), 0) is not { } words)
                return null;
            said.UnionWith(words);
        }
        else if (HasOtherSigns(text))
        {
            return null;
        }

        return said is { Count: 1 } ? said.Single() : null;
    }

    /// <summary>The answers of the phrases of which the rest of the text consists, the longest first.</summary>
    /// <returns>Null if the rest is not made of phrases.</returns>
    private IReadOnlyList<Word>? Read(string[] words, int from)
    {
        if (from == words.Length)
            return [];
        for (var length = Math.Min(_mostWords, words.Length - from); length > 0; length--)
        {
            if (_phrases.TryGetValue(string.Join(' ', words[from..(from + length)]), out var answer) && Read(words, from + length) is { } rest)
                return answer is { } word ? [word, .. rest] : rest;
        }

        return null;
    }

    private IEnumerable<Word> Signs(string text) => text.EnumerateRunes().Where(_signs.ContainsKey).Select(sign => _signs[sign]);

    // Skin tones and variation selectors belong to the sign before them.
    private bool HasOtherSigns(string text) =>
        text.EnumerateRunes().Any(rune => Rune.IsSymbol(rune) && !_signs.ContainsKey(rune) && rune.Value is < 0x1F3FB or > 0x1F3FF);

    private static bool IsQuestion(string text) => text.AsSpan().IndexOfAny('?', '¿', '؟') >= 0;
}

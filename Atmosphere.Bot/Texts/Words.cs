using System.Text;
using YamlDotNet.Serialization;

namespace Atmosphere.Bot.Texts;

/// <summary>The words that steer a conversation, however they are typed: dialogs/common/words.&lt;locale&gt;.yaml.</summary>
internal sealed class Words
{
    private readonly Dictionary<string, Word> _bySpelling;

    private Words(Dictionary<string, Word> bySpelling) => _bySpelling = bySpelling;

    /// <exception cref="InvalidOperationException">A word has no spelling.</exception>
    public static Words Load(string folder, string locale)
    {
        var file = Path.Combine(folder, "common", $"words.{locale}.yaml");
        var spellings = new DeserializerBuilder().Build().Deserialize<Dictionary<string, List<string>>>(File.ReadAllText(file));
        var bySpelling = new Dictionary<string, Word>(StringComparer.Ordinal);
        foreach (var word in Enum.GetValues<Word>())
        {
            if (!spellings.TryGetValue(KeyOf(word), out var known) || known.Count == 0)
                throw new InvalidOperationException($"The word '{KeyOf(word)}' has no spelling in {file}. Add one.");
            foreach (var spelling in known)
                bySpelling[Simplify(spelling)] = word;
        }

        return new Words(bySpelling);
    }

    /// <returns>Null where the text is something else.</returns>
    public Word? Find(string text) => _bySpelling.TryGetValue(Simplify(text), out var word) ? word : null;

    /// <summary>The word as it stands on a button, such as "add child".</summary>
    public static string ButtonOf(Word word) => word switch
    {
        Word.AddChild => "add child",
        Word.MyChildren => "my children",
        _ => KeyOf(word),
    };

    private static string KeyOf(Word word) => word switch
    {
        Word.AddChild => "add-child",
        Word.MyChildren => "my-children",
        _ => word.ToString().ToLowerInvariant(),
    };

    /// <summary>Lower case letters and digits with single spaces: "  Add, child!" is "add child".</summary>
    private static string Simplify(string text)
    {
        var simple = new StringBuilder();
        foreach (var letter in text.Normalize(NormalizationForm.FormKC))
        {
            if (char.IsLetterOrDigit(letter))
                simple.Append(char.ToLowerInvariant(letter));
            else if (letter is not '\'' and not '’' && simple.Length > 0 && simple[^1] != ' ')
                simple.Append(' ');
        }

        return simple.ToString().TrimEnd();
    }
}

internal enum Word
{
    Hello,
    AddChild,
    MyChildren,
    Help,
    Cancel,
    Back,
    Done,
    Yes,
    No,
    None,
}

using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace Atmosphere.Bot.Texts;

/// <summary>The bot's texts by key "&lt;folder&gt;.&lt;name&gt;", from dialogs/&lt;folder&gt;/texts.&lt;locale&gt;.yaml.</summary>
internal sealed partial class Sentences
{
    private readonly Dictionary<string, string> _byKey;

    private Sentences(Dictionary<string, string> byKey) => _byKey = byKey;

    /// <summary>Every key, for tests.</summary>
    public IReadOnlyCollection<string> Keys => _byKey.Keys;

    /// <param name="folder">The dialogs folder.</param>
    /// <param name="locale">Such as "en".</param>
    /// <exception cref="InvalidOperationException">The folder contains no texts.</exception>
    public static Sentences Load(string folder, string locale)
    {
        var byKey = new Dictionary<string, string>(StringComparer.Ordinal);
        var reader = new DeserializerBuilder().Build();
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, $"texts.{locale}.yaml", SearchOption.AllDirectories) : [];
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            var dialog = Path.GetFileName(Path.GetDirectoryName(file));
            foreach (var (name, sentence) in reader.Deserialize<Dictionary<string, string>>(File.ReadAllText(file)))
                byKey.Add($"{dialog}.{name}", sentence.Trim());
        }

        return byKey.Count > 0
            ? new Sentences(byKey)
            : throw new InvalidOperationException($"There is no sentence for '{locale}' in {folder}. Build again, or restore the dialogs folder.");
    }

    /// <summary>The text with its {placeholders} filled in.</summary>
    /// <exception cref="KeyNotFoundException">The text, or a value for one of its placeholders, is missing.</exception>
    public string Say(string key, IReadOnlyDictionary<string, string>? values = null)
    {
        if (!_byKey.TryGetValue(key, out var sentence))
            throw new KeyNotFoundException($"There is no sentence '{key}'. Add it to the texts in dialogs/.");
        return Placeholder().Replace(sentence, match =>
            values is not null && values.TryGetValue(match.Groups[1].Value, out var value)
                ? value
                : throw new KeyNotFoundException($"The sentence '{key}' needs a value for {match.Value}."));
    }

    /// <summary>The text as written in the file, for tests.</summary>
    public string TextOf(string key) => _byKey[key];

    /// <summary>The placeholder names of a text, for tests.</summary>
    public IReadOnlyList<string> PlaceholdersOf(string key) =>
        [.. Placeholder().Matches(_byKey[key]).Select(match => match.Groups[1].Value).Distinct()];

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex Placeholder();
}

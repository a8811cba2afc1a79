using Atmosphere.Bot.Texts;
using BenchmarkDotNet.Attributes;

namespace Atmosphere.Bench.Small;

/// <summary>Recognising a command in any of the languages, against looking a text up in one dictionary.</summary>
[MemoryDiagnoser]
public class WordsOfAMessage
{
    private const string Text = "Mis hijos";

    private readonly Languages _languages = Languages.Load(Path.Combine(AppContext.BaseDirectory, "dialogs"));
    private readonly Dictionary<string, int> _dictionary = new(StringComparer.OrdinalIgnoreCase) { [Text] = 1 };

    [Benchmark(Baseline = true)]
    public int LookUp() => _dictionary[Text];

    [Benchmark]
    public object? Find() => _languages.Find(_languages.Default, Text);
}

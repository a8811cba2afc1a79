namespace Atmosphere.Bot.Texts;

/// <summary>The names of the languages, each in itself and in the others.</summary>
internal static class LanguageNames
{
    private static readonly (string Code, string[] Names)[] _languages =
    [
        ("en", ["English", "en", "1", "inglés", "ingles", "אנגלית"]),
        ("he", ["עברית", "he", "2", "Hebrew", "Ivrit", "hebreo"]),
        ("es", ["Español", "es", "3", "espanol", "Spanish", "castellano", "ספרדית"]),
    ];

    /// <summary>The name of each language in itself, in the order of <see cref="Languages.Codes"/>.</summary>
    public static IReadOnlyList<string> Own { get; } = [.. _languages.Select(language => language.Names[0])];

    /// <param name="typed">A name, a code, or the number in the list.</param>
    /// <returns>The code; null if it is no supported language.</returns>
    public static string? Find(string typed) =>
        _languages.FirstOrDefault(language => language.Names.Contains(typed.Trim().TrimEnd('.', '!', '?'), StringComparer.OrdinalIgnoreCase)).Code;

    /// <summary>Whether the text is a name of a language, and not just its code: two characters may mean anything.</summary>
    public static bool IsName(string typed) => typed.Trim().Length > 2 && Find(typed) is not null;
}

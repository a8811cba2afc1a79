namespace Atmosphere.Bot.Texts;

/// <summary>What the languages are called, each in itself and in the others.</summary>
internal static class LanguageNames
{
    private static readonly (string Code, string[] Names)[] _languages =
    [
        ("en", ["English", "en", "1", "inglés", "ingles", "אנגלית"]),
        ("he", ["עברית", "he", "2", "Hebrew", "Ivrit", "hebreo"]),
        ("es", ["Español", "es", "3", "espanol", "Spanish", "castellano", "ספרדית"]),
    ];

    /// <summary>As speakers of each call it, in the order of <see cref="Languages.Codes"/>.</summary>
    public static IReadOnlyList<string> Own { get; } = [.. _languages.Select(language => language.Names[0])];

    /// <param name="typed">A name, a code, or the place in the list.</param>
    /// <returns>The code; null where it is no language that is spoken.</returns>
    public static string? Find(string typed) =>
        _languages.FirstOrDefault(language => language.Names.Contains(typed.Trim().TrimEnd('.', '!', '?'), StringComparer.OrdinalIgnoreCase)).Code;

    /// <summary>Whether it is the name of one, and not only its code: two letters may be anything.</summary>
    public static bool IsName(string typed) => typed.Trim().Length > 2 && Find(typed) is not null;
}

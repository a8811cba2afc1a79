using System.Text.RegularExpressions;

namespace Atmosphere.Bot.Texts;

/// <summary>Guesses the language of a text that is not a command.</summary>
internal static partial class LanguageSigns
{
    // Short everyday words that do not occur in the other language.
    private static readonly HashSet<string> _english = Set(
        """
        hello hi hey dear good morning evening please thanks thank the this that these is are was am i im my your you we our what how who when where why
        want would like can could need have get photo photos picture pictures child kid daughter mother father mom dad and or of to for with not do does
        """);

    private static readonly HashSet<string> _spanish = Set(
        """
        hola buenas buenos gracias favor el la los las un una es soy somos estoy este esta mi mis tu tus su que como cuando donde quien quiero quisiera
        puedo puedes necesito tengo foto fotos hijo hija hijos hijas madre padre y o de del para por con se yo nosotros saludos
        """);

    public static bool IsHebrew(string text) => HebrewLetter().IsMatch(text);

    /// <returns>en or es, depending on which has more signs in the text; null if neither has any.</returns>
    public static string? Of(string text)
    {
        var words = Words.Simplify(text).Split(' ');
        var english = words.Count(_english.Contains);
        var spanish = words.Count(_spanish.Contains) + SpanishLetters().Count(text.Normalize());
        return english == spanish ? null : english > spanish ? "en" : "es";
    }

    private static HashSet<string> Set(string words) => [.. words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    [GeneratedRegex(@"[\u05D0-\u05EA\uFB1D-\uFB4F]")]
    private static partial Regex HebrewLetter();

    // Capitalised words are ignored: they are often names, and a José may write English.
    [GeneratedRegex(@"[¿¡]|\b\p{Ll}*[áéíóúüñ]\p{Ll}*\b")]
    private static partial Regex SpanishLetters();
}

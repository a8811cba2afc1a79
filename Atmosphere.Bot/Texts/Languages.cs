namespace Atmosphere.Bot.Texts;

/// <summary>The languages of the bot, from the dialogs folder.</summary>
internal sealed class Languages
{
    /// <summary>Their codes; the first is the default.</summary>
    public static readonly IReadOnlyList<string> Codes = ["en", "he", "es"];

    private readonly Dictionary<string, Language> _byCode;

    private Languages(Dictionary<string, Language> byCode) => _byCode = byCode;

    /// <summary>English: for colleagues, and for users without another setting.</summary>
    public Language Default => _byCode[Codes[0]];

    /// <exception cref="InvalidOperationException">A language has no texts, or a command word of it has no spelling.</exception>
    public static Languages Load(string folder) => new(Codes.ToDictionary(
        code => code, code => new Language(code, Sentences.Load(folder, code), Words.Load(folder, code)), StringComparer.OrdinalIgnoreCase));

    /// <param name="code">BCP 47, such as "es" or "es-MX"; an unsupported language falls back to English.</param>
    public Language Of(string code) => _byCode.GetValueOrDefault(code.Split('-')[0], Default);

    /// <summary>A command word of the given language or of any other: commands are understood in all languages.</summary>
    /// <returns>Null if the text is no command word.</returns>
    public Word? Find(Language spoken, string text)
    {
        var simple = Words.Simplify(text);
        return InTurn(spoken).Select(language => language.Words.Find(text, simple)).FirstOrDefault(word => word is not null);
    }

    /// <summary>Guesses the language of a user's first message.</summary>
    /// <returns>One of <see cref="Codes"/>; null if the text does not tell, such as a name, a number or "ok".</returns>
    public string? Detect(string text)
    {
        if (LanguageSigns.IsHebrew(text))
            return "he";
        return OnlyOne(words => words.Find(text) is not null) ?? LanguageSigns.Of(text) ?? OnlyOne(words => words.Split(text) is not null);

        string? OnlyOne(Func<Words, bool> reads) => Codes.Where(code => reads(_byCode[code].Words)).ToList() is [var only] ? only : null;
    }

    /// <summary>Splits a text that begins with a command word, such as "remove Maya" or "allow 4821".</summary>
    /// <returns>Null if it does not begin with one of these words.</returns>
    public (Word Word, string After)? Split(Language spoken, string text, params Word[] among)
    {
        foreach (var language in InTurn(spoken))
        {
            if (language.Words.Split(text) is { } split && among.Contains(split.Word))
                return split;
        }

        return null;
    }

    private IEnumerable<Language> InTurn(Language spoken) => Codes.Select(code => _byCode[code]).Where(language => language.Code != spoken.Code).Prepend(spoken);
}

/// <param name="Code">en, he or es.</param>
internal sealed record Language(string Code, Sentences Sentences, Words Words);

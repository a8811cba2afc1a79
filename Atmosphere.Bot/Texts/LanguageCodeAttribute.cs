using Atmosphere.Recognition.Settings;

namespace Atmosphere.Bot.Texts;

/// <summary>A language that the bot speaks.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LanguageCodeAttribute : TextRuleAttribute
{
    public LanguageCodeAttribute() => ErrorMessage = $"one of {string.Join(", ", Languages.Codes)}, or leave the setting out";

    protected override bool Fits(string text) => Languages.Codes.Contains(text, StringComparer.Ordinal);
}

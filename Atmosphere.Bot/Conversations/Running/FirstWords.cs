using Atmosphere.Bot.Conversations.Home;
using Atmosphere.Bot.Texts;

namespace Atmosphere.Bot.Conversations.Running;

/// <summary>Detects the language of a user's first message, so that the first answer is in that language.</summary>
internal static class FirstWords
{
    /// <returns>The detected language code; null if it is not the first message, is ambiguous, or a language was chosen.</returns>
    public static string? LanguageOf(OpenTurn open, Languages languages) =>
        !open.HasChosenLanguage && IsFirst(open, languages) ? languages.Detect(open.Incoming.Text) : null;

    // A chat that was opened before the first message was greeted in English.
    private static bool IsFirst(OpenTurn open, Languages languages) =>
        open.Version == 0
        || (open.Version == 1 && languages.Of(open.Participant.Language) == languages.Default
            && open.Dialog == HomeConversation.Dialog);
}

using Atmosphere.Bot.Conversations.ConnectPerson;
using Atmosphere.Bot.Texts;

namespace Atmosphere.Bot.Conversations.Running;

/// <summary>Whoever begins in their own language is answered in it from the first word on.</summary>
internal static class FirstWords
{
    /// <returns>The code of the language that the turn reveals; null where it is not the first, reveals nothing, or a language was chosen.</returns>
    public static string? LanguageOf(OpenTurn open, Languages languages) =>
        !open.HasChosenLanguage && IsFirst(open, languages) ? languages.Detect(open.Incoming.Text) : null;

    // Chats that are opened before anything is written were greeted by then, in English.
    private static bool IsFirst(OpenTurn open, Languages languages) =>
        open.Version == 0
        || (open.Version == 1 && languages.Of(open.Participant.Language) == languages.Default
            && open.Dialog == ConnectPersonConversation.Name && ConnectPersonConversation.IsAtHome(open.State));
}

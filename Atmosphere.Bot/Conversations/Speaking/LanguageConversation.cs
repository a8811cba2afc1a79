using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Speaking;

/// <summary>"language", "language español", or a language button: changes the bot's language at any time.</summary>
internal sealed class LanguageConversation(Languages languages) : IConversation
{
    public string Name => "language";

    public bool AsksAgain => true;

    public bool Begins(Turn turn) => Interrupts(turn) || (turn.Files.Count == 0 && LanguageNames.IsName(turn.Incoming.Text));

    public bool Interrupts(Turn turn) =>
        turn.Files.Count == 0 && (turn.Word == Word.Language || turn.Split(Word.Language) is not null || IsAnswer(turn));

    public Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var wished = turn.Word == Word.Language ? null : turn.Split(Word.Language)?.After ?? turn.Incoming.Text;
        if (wished is not null && LanguageNames.Find(wished) is { } code)
        {
            // Set before anything is said, so that this answer is already in the new language.
            turn.Language = languages.Of(code);
            turn.Change((session, _) => Participants.SpeakAsync(session, turn.Participant.Id, code, chosen: true));
            turn.Speech.Say("language.chosen");
            return Task.CompletedTask;
        }

        if (wished is not null)
            turn.Speech.Say("language.not-spoken");
        turn.Speech.AskChoice("language.which", LanguageNames.Own, []);
        return Task.CompletedTask;
    }

    /// <summary>
    /// A language name may also be a child's name: in another conversation it counts only as an answer to the language question.
    /// </summary>
    private static bool IsAnswer(Turn turn) => LanguageNames.IsName(turn.Incoming.Text) && turn.Offered.SequenceEqual(LanguageNames.Own);
}

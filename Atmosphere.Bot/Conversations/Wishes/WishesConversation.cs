using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Flows.Distribution;

namespace Atmosphere.Bot.Conversations;

/// <summary>Changes when a parent gets photos: paused, at once, or as one album in the evening. One message, one answer.</summary>
internal sealed class WishesConversation(DeliveryWishes wishes) : IConversation
{
    public string Name => "wishes";

    public bool Begins(Turn turn) => turn.Word is Word.Pause or Word.Resume or Word.Instant or Word.Daily;

    public bool Interrupts(Turn turn) => turn.IsAside && turn.Files.Count == 0 && Begins(turn);

    public bool AsksAgain => true;

    public Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var who = turn.Participant;
        switch (turn.Word)
        {
            case Word.Pause:
                turn.Change((session, _) => wishes.PauseAsync(session, who.Id));
                turn.Speech.Say("wishes.paused");
                break;
            case Word.Resume:
                turn.Change((session, _) => wishes.ResumeAsync(session, who.Id));
                turn.Speech.Say(who.IsPaused ? "wishes.resumed" : "wishes.not-paused");
                break;
            case Word.Instant:
                turn.Change((session, _) => wishes.InstantAsync(session, who.Id));
                turn.Speech.Say("wishes.instant");
                SayIfPaused(turn);
                break;
            default:
                turn.Change((session, _) => wishes.DailyAsync(session, who.Id));
                turn.Speech.Say("wishes.daily");
                SayIfPaused(turn);
                break;
        }

        return Task.CompletedTask;
    }

    private static void SayIfPaused(Turn turn)
    {
        if (turn.Participant.IsPaused)
            turn.Speech.Say("wishes.still-paused");
    }
}

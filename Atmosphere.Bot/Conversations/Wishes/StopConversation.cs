using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Flows.Distribution;

namespace Atmosphere.Bot.Conversations;

/// <summary>
/// Handles opt-out and opt-in at any time. A user who has opted out is told how to return whenever they write, and gets nothing else,
/// except erasure and export, which are always available.
/// </summary>
internal sealed class StopConversation(DeliveryWishes wishes) : IConversation
{
    private static readonly Word[] _always = [Word.RemoveChild, Word.ForgetMe, Word.Export];

    // These conversations continue after an opt-out, because they ask for a confirmation.
    private static readonly string[] _dialogs = ["remove-person", "forget-me", "export"];

    public string Name => "stop";

    public bool AsksAgain => true;

    public bool Begins(Turn turn) => Interrupts(turn);

    public bool Interrupts(Turn turn) => turn.Word == Word.Stop || (turn.Participant.HasStopped && !WorksAlways(turn));

    public Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        if (turn.Word == Word.Stop)
            Stop(turn);
        else if (turn.Word == Word.Start)
            Start(turn);
        else if (turn.Incoming.Kind == IncomingKind.Message)
            turn.Speech.Ask("stop.reminder", Word.Start);
        return Task.CompletedTask;
    }

    private static bool WorksAlways(Turn turn) =>
        turn.Word is { } word ? _always.Contains(word) || IsConfirming(turn) : IsConfirming(turn) || turn.Split(_always) is not null;

    private static bool IsConfirming(Turn turn) => _dialogs.Contains(turn.Dialog) && turn.Word is not Word.Start;

    private void Stop(Turn turn)
    {
        turn.Change((session, _) => wishes.StopAsync(session, turn.Participant.Id));
        turn.Speech.Ask("stop.stopped", Word.Start);
    }

    private void Start(Turn turn)
    {
        turn.Change((session, _) => wishes.StartAsync(session, turn.Participant.Id));
        turn.Speech.Say("stop.started");
    }
}

using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Flows.Persons;

namespace Atmosphere.Bot.Conversations.ForgetMe;

/// <summary>Erases the user's own data, after a confirmation.</summary>
internal sealed class ForgetMeConversation(IErasures erasures) : IConversation
{
    private const string Confirming = "{}";

    public string Name => "forget-me";

    public bool Begins(Turn turn) => turn.Word == Word.ForgetMe;

    public bool IsAskedFor(Turn turn) => Begins(turn);

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var step = new ForgetMeTurn(turn.Speech, turn.Children) { State = turn.State is null ? ForgetMeState.Closed : ForgetMeState.Confirm };
        var machine = ForgetMeMachine.Create(step);
        await machine.FireAsync(turn.Incoming.Kind == IncomingKind.Joined ? ForgetMeTrigger.Again : turn.Word switch
        {
            Word.ForgetMe => ForgetMeTrigger.ForgetMe,
            Word.Yes => ForgetMeTrigger.Yes,
            Word.No or Word.None or Word.Cancel or Word.Back => ForgetMeTrigger.No,
            Word.Help => ForgetMeTrigger.Help,
            _ => ForgetMeTrigger.Unclear,
        });
        turn.State = step.State == ForgetMeState.Closed ? null : Confirming;
        if (step.Forgotten)
            turn.Change((session, _) => erasures.ForgetParticipantAsync(session, turn.Participant.Id));
    }
}

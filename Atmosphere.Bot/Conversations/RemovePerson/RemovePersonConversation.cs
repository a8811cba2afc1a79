using Atmosphere.Bot.Conversations.Choosing;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Flows.Persons;

namespace Atmosphere.Bot.Conversations.RemovePerson;

/// <summary>Finds the child that a parent wants to remove, and drives the machine.</summary>
internal sealed class RemovePersonConversation(IErasures erasures) : IConversation
{
    public string Name => "remove-person";

    public bool Begins(Turn turn) => ChildAnswer.Begins(turn, Word.RemoveChild);

    public bool IsAskedFor(Turn turn) => Begins(turn);

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var draft = ChildDraft<RemoveState>.Read(turn.State);
        var step = new RemovePersonTurn(draft, turn.Speech, turn.Children);
        var answer = new ChildAnswer(turn, Word.RemoveChild, otherwise: child => !RemovePersonTurn.IsOwner(child));
        await RemovePersonMachine.Create(step).FireAsync(answer.Read(draft, RemoveState.AskWhich));
        turn.State = draft.Write();
        if (step.Removed is { } person)
            turn.Change((session, _) => erasures.RemovePersonAsync(session, person, turn.Participant.Id));
        if (step.Left is { } left)
            turn.Change((session, _) => erasures.LeavePersonAsync(session, left, turn.Participant.Id));
    }
}

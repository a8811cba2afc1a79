using Stateless;
using static Atmosphere.Bot.Conversations.RemovePerson.RemoveState;
using static Atmosphere.Bot.Conversations.RemovePerson.RemoveTrigger;

namespace Atmosphere.Bot.Conversations.RemovePerson;

/// <summary>A parent removes a child: asks which one, shows what will be deleted, and deletes it only after a yes.</summary>
internal static class RemovePersonMachine
{
    public static StateMachine<RemoveState, RemoveTrigger> Create(RemovePersonTurn turn)
    {
        var machine = DialogMachine.Of(() => turn.Draft.State, state => turn.Draft.State = state, Unclear);

        machine.Configure(Closed)
            .OnEntryFrom(Cancel, turn.SayKept)
            .OnEntryFrom(Back, turn.SayKept)
            .OnEntryFrom(No, turn.SayKept)
            .OnEntryFrom(Yes, turn.RemoveOrLeave)
            .OnEntryFrom(NoChild, turn.SayNoChild)
            .PermitReentry(NoChild)
            .Permit(Several, AskWhich)
            .Permit(Unknown, AskWhich)
            .Permit(ChosenOfOther, ConfirmLeaving)
            .Permit(Chosen, Confirm);

        machine.Configure(Asking)
            .AskAgain(Help, turn.SayHelp)
            .AskAgain(Again)
            .AskAgain(Unclear, turn.SayUnclear)
            .Permit(NoChild, Closed)
            .Permit(No, Closed)
            .Permit(Cancel, Closed);

        machine.Configure(AskWhich).SubstateOf(Asking)
            .OnEntryFrom(Unknown, turn.SayUnknown)
            .Permit(Chosen, Confirm)
            .Permit(ChosenOfOther, ConfirmLeaving)
            .PermitReentry(Several)
            .PermitReentry(Unknown)
            .Permit(Back, Closed)
            .OnEntry(turn.AskWhich);

        machine.Configure(Confirming).SubstateOf(Asking)
            .Permit(Yes, Closed)
            .Permit(Several, AskWhich)
            .Permit(Unknown, AskWhich)
            .PermitIf(Back, AskWhich, () => turn.HasChoice, "several children")
            .PermitIf(Back, Closed, () => !turn.HasChoice, "one child");

        machine.Configure(Confirm).SubstateOf(Confirming)
            .PermitReentry(Chosen)
            .Permit(ChosenOfOther, ConfirmLeaving)
            .OnEntry(turn.AskConfirmation);

        machine.Configure(ConfirmLeaving).SubstateOf(Confirming)
            .PermitReentry(ChosenOfOther)
            .Permit(Chosen, Confirm)
            .OnEntry(turn.AskLeaving);

        return machine;
    }
}

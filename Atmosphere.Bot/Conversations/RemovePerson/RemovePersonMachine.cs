using Stateless;
using static Atmosphere.Bot.Conversations.RemovePerson.RemoveState;
using static Atmosphere.Bot.Conversations.RemovePerson.RemoveTrigger;

namespace Atmosphere.Bot.Conversations.RemovePerson;

/// <summary>A parent removes a child: which one, a look at what will go, and only a yes to that deletes it.</summary>
internal static class RemovePersonMachine
{
    public static StateMachine<RemoveState, RemoveTrigger> Create(RemovePersonTurn turn)
    {
        var machine = DialogMachine.Of(() => turn.Draft.State, state => turn.Draft.State = state, Unclear);
        machine.Configure(Home)
            .OnEntryFrom(NoChild, turn.SayNoChild)
            .OnEntryFrom(Cancel, turn.SayKept)
            .OnEntryFrom(Back, turn.SayKept)
            .OnEntryFrom(No, turn.SayKept)
            .OnEntryFrom(Yes, turn.RemoveOrLeave)
            .PermitReentry(NoChild)
            .Permit(Several, AskWhich)
            .Permit(Unknown, AskWhich)
            .Permit(ChosenOfOther, ConfirmLeaving)
            .Permit(Chosen, Confirm);
        machine.Configure(AskWhich)
            .OnEntryFrom(Unknown, turn.SayUnknown)
            .OnEntryFrom(Help, turn.SayHelp)
            .OnEntryFrom(Unclear, turn.SayUnclear)
            .OnEntry(turn.AskWhich)
            .Permit(Chosen, Confirm)
            .Permit(ChosenOfOther, ConfirmLeaving)
            .Permit(NoChild, Home)
            .PermitReentry(Several)
            .PermitReentry(Unknown)
            .PermitReentry(Help)
            .PermitReentry(Again)
            .PermitReentry(Unclear)
            .Permit(No, Home)
            .Permit(Back, Home)
            .Permit(Cancel, Home);
        Confirming(machine.Configure(Confirm), turn, turn.SayHelp, turn.AskConfirmation)
            .PermitReentry(Chosen)
            .Permit(ChosenOfOther, ConfirmLeaving);
        Confirming(machine.Configure(ConfirmLeaving), turn, turn.SayHelpLeaving, turn.AskLeaving)
            .PermitReentry(ChosenOfOther)
            .Permit(Chosen, Confirm);
        return machine;
    }

    private static StateMachine<RemoveState, RemoveTrigger>.StateConfiguration Confirming(
        StateMachine<RemoveState, RemoveTrigger>.StateConfiguration state, RemovePersonTurn turn, Action help, Action ask) => state
            .OnEntryFrom(Help, help)
            .OnEntryFrom(Unclear, turn.SayYesOrNo)
            .OnEntry(ask)
            .Permit(Yes, Home)
            .Permit(NoChild, Home)
            .Permit(Several, AskWhich)
            .Permit(Unknown, AskWhich)
            .PermitReentry(Help)
            .PermitReentry(Again)
            .PermitReentry(Unclear)
            .Permit(No, Home)
            .PermitIf(Back, AskWhich, () => turn.HasChoice, "several children")
            .PermitIf(Back, Home, () => !turn.HasChoice, "one child")
            .Permit(Cancel, Home);
}

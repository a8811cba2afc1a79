using Atmosphere.Bot.Conversations.Choosing;
using Stateless;
using static Atmosphere.Bot.Conversations.Choosing.ChildTrigger;
using static Atmosphere.Bot.Conversations.RemovePerson.RemoveState;

namespace Atmosphere.Bot.Conversations.RemovePerson;

internal enum RemoveState
{
    Closed,

    /// <summary>Superstate of the questions below.</summary>
    Asking,
    AskWhich,

    /// <summary>Either of the two confirmations.</summary>
    Confirming,
    Confirm,

    /// <summary>The child was registered by another guardian, who alone may remove it: this user can only leave.</summary>
    ConfirmLeaving,
}

/// <summary>A parent removes a child: asks which one, shows what will be deleted, and deletes it only after a yes.</summary>
internal static class RemovePersonMachine
{
    public static StateMachine<RemoveState, ChildTrigger> Create(RemovePersonTurn turn)
    {
        var machine = ChildMachine.Of(turn, Closed, Asking, AskWhich, Confirming);

        machine.Configure(Closed)
            .OnEntryFrom(Yes, turn.RemoveOrLeave)
            .Permit(Chosen, Confirm)
            .Permit(ChosenOtherwise, ConfirmLeaving);

        machine.Configure(AskWhich)
            .Permit(Chosen, Confirm)
            .Permit(ChosenOtherwise, ConfirmLeaving);

        machine.Configure(Confirm).SubstateOf(Confirming)
            .PermitReentry(Chosen)
            .Permit(ChosenOtherwise, ConfirmLeaving)
            .OnEntry(turn.AskConfirmation);

        machine.Configure(ConfirmLeaving).SubstateOf(Confirming)
            .PermitReentry(ChosenOtherwise)
            .Permit(Chosen, Confirm)
            .OnEntry(turn.AskLeaving);

        return machine;
    }
}

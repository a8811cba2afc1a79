using Stateless;
using static Atmosphere.Bot.Conversations.Choosing.ChildTrigger;

namespace Atmosphere.Bot.Conversations.Choosing;

/// <summary>
/// What the machines of conversations about one child share: which of several children, the way back, and what ends the conversation without
/// a change. The questions themselves, and what a yes does, are configured by each conversation.
/// </summary>
internal static class ChildMachine
{
    /// <param name="turn">The actions.</param>
    /// <param name="closed">No conversation; the first state.</param>
    /// <param name="asking">Superstate of all questions.</param>
    /// <param name="which">Asks which child.</param>
    /// <param name="deciding">Superstate of the questions that a yes or no answers.</param>
    public static StateMachine<TState, ChildTrigger> Of<TState>(ChildTurn<TState> turn, TState closed, TState asking, TState which, TState deciding)
        where TState : struct, Enum
    {
        var machine = DialogMachine.Of(() => turn.Draft.State, state => turn.Draft.State = state, Unclear);

        machine.Configure(closed)
            .OnEntryFrom(Cancel, turn.SayNothingChanges)
            .OnEntryFrom(Back, turn.SayNothingChanges)
            .OnEntryFrom(No, turn.SayNothingChanges)
            .OnEntryFrom(NoChild, turn.SayNoChild)
            .PermitReentry(NoChild)
            .Permit(Several, which)
            .Permit(Unknown, which);

        machine.Configure(asking)
            .AskAgain(Help, turn.SayHelp)
            .AskAgain(Again)
            .AskAgain(Unclear, () => turn.SayUnclear(machine.State.Equals(which)))
            .Permit(NoChild, closed)
            .Permit(No, closed)
            .Permit(Cancel, closed);

        machine.Configure(which).SubstateOf(asking)
            .OnEntryFrom(Unknown, turn.SayUnknown)
            .PermitReentry(Several)
            .PermitReentry(Unknown)
            .Permit(Back, closed)
            .OnEntry(turn.AskWhich);

        machine.Configure(deciding).SubstateOf(asking)
            .Permit(Yes, closed)
            .Permit(Several, which)
            .Permit(Unknown, which)
            .PermitIf(Back, which, () => turn.HasChoice, "several children")
            .PermitIf(Back, closed, () => !turn.HasChoice, "one child");

        return machine;
    }
}

using Stateless;

namespace Atmosphere.Bot.Conversations;

/// <summary>
/// Creates the state machine of a conversation: its state lives in the draft, a superstate handles common answers, and unhandled input gets
/// a reply.
/// </summary>
internal static class DialogMachine
{
    /// <param name="state">Reads the state from the draft.</param>
    /// <param name="keep">Writes it.</param>
    /// <param name="unclear">Fired instead of a trigger that the state does not handle.</param>
    public static StateMachine<TState, TTrigger> Of<TState, TTrigger>(Func<TState> state, Action<TState> keep, TTrigger unclear)
        where TState : struct, Enum
        where TTrigger : struct, Enum
    {
        var machine = new StateMachine<TState, TTrigger>(state, keep);
        machine.OnUnhandledTriggerAsync((at, trigger) => trigger.Equals(unclear)
            ? throw new InvalidOperationException($"'{trigger}' is not permitted in state '{at}', where it answers whatever else is not: configure it with Permit or Ignore.")
            : machine.FireAsync(unclear));
        return machine;
    }

    /// <summary>
    /// For a superstate: makes a remark and re-enters the current substate, which asks its question. A plain reentry would move to the
    /// superstate.
    /// </summary>
    public static StateMachine<TState, TTrigger>.StateConfiguration AskAgain<TState, TTrigger>(
        this StateMachine<TState, TTrigger>.StateConfiguration superstate, TTrigger trigger, Action? remark = null) =>
        superstate.PermitDynamic(trigger, () =>
        {
            remark?.Invoke();
            return superstate.Machine.State;
        });

    /// <summary>Makes a remark and re-enters the state.</summary>
    public static StateMachine<TState, TTrigger>.StateConfiguration PermitReentry<TState, TTrigger>(
        this StateMachine<TState, TTrigger>.StateConfiguration state, TTrigger trigger, Action remark) =>
        state.PermitReentry(trigger).OnEntryFrom(trigger, remark);
}

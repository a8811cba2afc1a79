using Stateless;

namespace Atmosphere.Bot.Conversations;

/// <summary>The machine of a dialog: its state lives in the draft, and no trigger is met with silence.</summary>
internal static class DialogMachine
{
    /// <param name="state">Reads the state of the draft.</param>
    /// <param name="keep">Writes it.</param>
    /// <param name="unclear">Fired in place of a trigger that the state does not know.</param>
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
}

namespace Atmosphere.Bot.Conversations.StateMachine;

/// <summary>
/// A state machine with the vocabulary of the Stateless package: transitions are data, the state lives with the caller.
/// It has what a conversation needs and nothing more, so that the package can take its place in one commit.
/// </summary>
/// <param name="stateAccessor">Reads the current state.</param>
/// <param name="stateMutator">Stores the new state.</param>
internal sealed class StateMachine<TState, TTrigger>(Func<TState> stateAccessor, Action<TState> stateMutator)
    where TState : notnull
    where TTrigger : notnull
{
    private readonly Dictionary<TState, StateConfiguration<TState, TTrigger>> _states = [];

    private Action<TState, TTrigger> _unhandled = (state, trigger) =>
        throw new InvalidOperationException($"'{trigger}' is not permitted in state '{state}'. Configure it with Permit or Ignore, or set OnUnhandledTrigger.");

    public TState State => stateAccessor();

    /// <summary>The triggers that would be handled now, in the order they were configured.</summary>
    public IEnumerable<TTrigger> PermittedTriggers =>
        _states.TryGetValue(State, out var state) ? state.Permitted() : [];

    /// <summary>Every configured state, in reading order.</summary>
    internal IEnumerable<StateConfiguration<TState, TTrigger>> States => _states.Values;

    /// <summary>Starts, or goes on with, the description of a state.</summary>
    public StateConfiguration<TState, TTrigger> Configure(TState state)
    {
        if (!_states.TryGetValue(state, out var configuration))
            _states.Add(state, configuration = new StateConfiguration<TState, TTrigger>(state));
        return configuration;
    }

    public bool CanFire(TTrigger trigger) =>
        _states.TryGetValue(State, out var state) && state.Find(trigger) is not null;

    /// <summary>Leaves the state, stores the next one and enters it.</summary>
    /// <exception cref="InvalidOperationException">The state does not permit the trigger, two transitions apply, or an action is asynchronous.</exception>
    public void Fire(TTrigger trigger)
    {
        var task = FireAsync(trigger);
        if (!task.IsCompleted)
            throw new InvalidOperationException($"An action of '{trigger}' in state '{State}' is asynchronous: use FireAsync.");
        task.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Fire"/>
    public async Task FireAsync(TTrigger trigger)
    {
        var source = State;
        var found = _states.TryGetValue(source, out var from) ? from.Find(trigger) : null;
        if (found is null)
        {
            _unhandled(source, trigger);
            return;
        }

        if (found.Ignored)
            return;

        var transition = new Transition<TState, TTrigger>(source, found.Destination(), trigger);
        await from!.ExitAsync(transition);
        stateMutator(transition.Destination);
        if (_states.TryGetValue(transition.Destination, out var to))
            await to.EnterAsync(transition);
    }

    /// <summary>What happens to a trigger that the state does not know; without it, an exception.</summary>
    public void OnUnhandledTrigger(Action<TState, TTrigger> action) => _unhandled = action;
}

namespace Atmosphere.Bot.Conversations.StateMachine;

/// <summary>One state of a machine, described with Stateless' words.</summary>
internal sealed class StateConfiguration<TState, TTrigger>
    where TState : notnull
    where TTrigger : notnull
{
    private readonly List<TriggerBehaviour<TState, TTrigger>> _behaviours = [];
    private readonly List<Func<Transition<TState, TTrigger>, Task>> _entries = [];
    private readonly List<Func<Transition<TState, TTrigger>, Task>> _exits = [];

    internal StateConfiguration(TState state) => State = state;

    public TState State { get; }

    internal IReadOnlyList<TriggerBehaviour<TState, TTrigger>> Behaviours => _behaviours;

    public StateConfiguration<TState, TTrigger> Permit(TTrigger trigger, TState destination)
    {
        if (State.Equals(destination))
            throw new ArgumentException($"'{trigger}' leads from '{State}' to itself: use PermitReentry or Ignore.", nameof(destination));
        return Add(trigger, destination, null, null);
    }

    /// <param name="guard">Whether the transition applies; of several for one trigger only one may.</param>
    /// <param name="guardDescription">The guard in words.</param>
    public StateConfiguration<TState, TTrigger> PermitIf(TTrigger trigger, TState destination, Func<bool> guard, string guardDescription) =>
        Add(trigger, destination, guard, guardDescription);

    public StateConfiguration<TState, TTrigger> PermitReentry(TTrigger trigger) => Add(trigger, State, null, null);

    public StateConfiguration<TState, TTrigger> PermitReentryIf(TTrigger trigger, Func<bool> guard, string guardDescription) =>
        Add(trigger, State, guard, guardDescription);

    /// <summary>The destination is chosen when the trigger is fired.</summary>
    /// <param name="possibleDestinations">All that may be chosen, for the drawing.</param>
    public StateConfiguration<TState, TTrigger> PermitDynamic(
        TTrigger trigger, Func<TState> destinationStateSelector, params IReadOnlyList<TState> possibleDestinations)
    {
        _behaviours.Add(new(trigger, destinationStateSelector, possibleDestinations, null, null));
        return this;
    }

    public StateConfiguration<TState, TTrigger> Ignore(TTrigger trigger)
    {
        _behaviours.Add(new(trigger, () => State, [], null, null, Ignored: true));
        return this;
    }

    public StateConfiguration<TState, TTrigger> OnEntry(Action action) => OnEntry(_ => action());

    public StateConfiguration<TState, TTrigger> OnEntry(Action<Transition<TState, TTrigger>> action) => OnEntryAsync(Completed(action));

    public StateConfiguration<TState, TTrigger> OnEntryAsync(Func<Transition<TState, TTrigger>, Task> action)
    {
        _entries.Add(action);
        return this;
    }

    /// <summary>Runs when this trigger led here, in its place among the other entry actions.</summary>
    public StateConfiguration<TState, TTrigger> OnEntryFrom(TTrigger trigger, Action action) => OnEntryFrom(trigger, _ => action());

    /// <inheritdoc cref="OnEntryFrom(TTrigger, Action)"/>
    public StateConfiguration<TState, TTrigger> OnEntryFrom(TTrigger trigger, Action<Transition<TState, TTrigger>> action)
    {
        _entries.Add(Completed(transition =>
        {
            if (trigger.Equals(transition.Trigger))
                action(transition);
        }));
        return this;
    }

    public StateConfiguration<TState, TTrigger> OnExit(Action action)
    {
        _exits.Add(Completed(_ => action()));
        return this;
    }

    internal IEnumerable<TTrigger> Permitted() =>
        _behaviours.Where(behaviour => behaviour.Applies).Select(behaviour => behaviour.Trigger).Distinct();

    internal TriggerBehaviour<TState, TTrigger>? Find(TTrigger trigger)
    {
        var applying = _behaviours.Where(behaviour => behaviour.Trigger.Equals(trigger) && behaviour.Applies).Take(2).ToList();
        return applying.Count < 2
            ? applying.FirstOrDefault()
            : throw new InvalidOperationException($"Two transitions apply to '{trigger}' in state '{State}': their guards must exclude each other.");
    }

    internal async Task EnterAsync(Transition<TState, TTrigger> transition)
    {
        foreach (var entry in _entries)
            await entry(transition);
    }

    internal async Task ExitAsync(Transition<TState, TTrigger> transition)
    {
        foreach (var exit in _exits)
            await exit(transition);
    }

    private static Func<Transition<TState, TTrigger>, Task> Completed(Action<Transition<TState, TTrigger>> action) => transition =>
    {
        action(transition);
        return Task.CompletedTask;
    };

    private StateConfiguration<TState, TTrigger> Add(TTrigger trigger, TState destination, Func<bool>? guard, string? condition)
    {
        _behaviours.Add(new(trigger, () => destination, [destination], guard, condition));
        return this;
    }
}

namespace Atmosphere.Bot.Conversations.StateMachine;

/// <summary>What a state does with a trigger.</summary>
/// <param name="Trigger">When it is fired.</param>
/// <param name="Destination">Where it leads.</param>
/// <param name="Destinations">Every state that it may lead to, for the drawing.</param>
/// <param name="Guard">Whether it applies now; null: always.</param>
/// <param name="Condition">The guard in words, for the drawing.</param>
/// <param name="Ignored">Nothing happens.</param>
internal sealed record TriggerBehaviour<TState, TTrigger>(
    TTrigger Trigger, Func<TState> Destination, IReadOnlyList<TState> Destinations, Func<bool>? Guard, string? Condition, bool Ignored = false)
{
    public bool Applies => Guard is null || Guard();
}

namespace Atmosphere.Bot.Conversations.StateMachine;

/// <summary>One way from a state to the next.</summary>
internal sealed record Transition<TState, TTrigger>(TState Source, TState Destination, TTrigger Trigger)
    where TState : notnull
    where TTrigger : notnull
{
    public bool IsReentry => EqualityComparer<TState>.Default.Equals(Source, Destination);
}

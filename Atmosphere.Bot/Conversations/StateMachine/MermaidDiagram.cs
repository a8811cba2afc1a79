using System.Text;

namespace Atmosphere.Bot.Conversations.StateMachine;

/// <summary>Draws a machine as a Mermaid state diagram; the same machine always gives the same text.</summary>
internal static class MermaidDiagram
{
    public static string Of<TState, TTrigger>(StateMachine<TState, TTrigger> machine, TState initial)
        where TState : notnull
        where TTrigger : notnull
    {
        var text = new StringBuilder("stateDiagram-v2\n").Append($"    [*] --> {initial}\n");
        foreach (var state in machine.States)
        {
            foreach (var edge in state.Behaviours.SelectMany(Edges).GroupBy(edge => edge.Destination))
                text.Append($"    {state.State} --> {edge.Key} : {string.Join(", ", edge.Select(one => one.Label).Distinct())}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(TState Destination, string Label)> Edges<TState, TTrigger>(TriggerBehaviour<TState, TTrigger> behaviour) =>
        behaviour.Destinations.Select(destination =>
            (destination, behaviour.Condition is null ? $"{behaviour.Trigger}" : $"{behaviour.Trigger} [{behaviour.Condition}]"));
}

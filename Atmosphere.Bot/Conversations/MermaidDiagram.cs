using System.Text;
using Stateless;
using Stateless.Reflection;

namespace Atmosphere.Bot.Conversations;

/// <summary>Draws a machine as a Mermaid state diagram, without its actions; the same machine always gives the same text.</summary>
internal static class MermaidDiagram
{
    public static string Of<TState, TTrigger>(StateMachine<TState, TTrigger> machine, TState initial)
        where TState : notnull
        where TTrigger : notnull
    {
        var text = new StringBuilder("stateDiagram-v2\n").Append($"    [*] --> {initial}\n");
        foreach (var state in machine.GetInfo().States)
        {
            foreach (var edge in Edges(state).GroupBy(edge => edge.Destination))
                text.Append($"    {state} --> {edge.Key} : {string.Join(", ", edge.Select(one => one.Label).Distinct())}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(string Destination, string Label)> Edges(StateInfo state) =>
        state.FixedTransitions.Select(way => (way.DestinationState.ToString(), Label(way)))
            .Concat(state.DynamicTransitions.SelectMany(way => way.PossibleDestinationStates.Select(to => (to.DestinationState, Label(way)))));

    private static string Label(TransitionInfo way) =>
        string.Join(" and ", way.GuardConditionsMethodDescriptions.Select(guard => guard.Description)) is { Length: > 0 } condition ? $"{way.Trigger} [{condition}]" : $"{way.Trigger}";
}

using System.Text;
using Stateless;
using Stateless.Reflection;

namespace Atmosphere.Bot.Conversations;

/// <summary>
/// Draws a state machine as a Mermaid state diagram, without actions; the output is deterministic. The transitions of a superstate are
/// drawn at each of its substates, after their own.
/// </summary>
internal static class MermaidDiagram
{
    /// <param name="others">Further initial states, and when they apply.</param>
    public static string Of<TState, TTrigger>(StateMachine<TState, TTrigger> machine, TState initial, params IReadOnlyList<(TState State, string When)> others)
        where TState : notnull
        where TTrigger : notnull
    {
        var text = new StringBuilder("stateDiagram-v2\n").Append($"    [*] --> {initial}\n");
        foreach (var (state, when) in others)
            text.Append($"    [*] --> {state} : {when}\n");
        foreach (var state in machine.GetInfo().States.Where(state => !state.Substates.Any()))
        {
            foreach (var arrow in Arrows(state).GroupBy(arrow => arrow.Destination))
                text.Append($"    {state} --> {arrow.Key} : {string.Join(", ", arrow.Select(one => one.Label).Distinct())}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(string Destination, string Label)> Arrows(StateInfo state)
    {
        var known = new HashSet<object>();
        for (var at = state; at is not null; at = at.Superstate)
        {
            foreach (var arrow in Ways(at).Where(way => !known.Contains(way.Trigger.UnderlyingTrigger)).SelectMany(way => Arrows(way, state)))
                yield return arrow;
            known.UnionWith(at.Transitions.Select(way => way.Trigger.UnderlyingTrigger));
        }
    }

    /// <summary>Reentries come first.</summary>
    private static IEnumerable<TransitionInfo> Ways(StateInfo state) =>
        state.DynamicTransitions.Where(way => way.PossibleDestinationStates is null).Concat<TransitionInfo>(state.FixedTransitions)
            .Concat(state.DynamicTransitions.Where(way => way.PossibleDestinationStates is not null));

    private static IEnumerable<(string Destination, string Label)> Arrows(TransitionInfo way, StateInfo from) => way switch
    {
        FixedTransitionInfo { DestinationState: var to } =>
            [(to.ToString(), Label(way, string.Join(" and ", way.GuardConditionsMethodDescriptions.Select(guard => guard.Description))))],
        DynamicTransitionInfo { PossibleDestinationStates: { } some } => some.Select(to => (to.DestinationState, Label(way, to.Criterion))),
        _ => [(from.ToString(), Label(way, ""))],
    };

    private static string Label(TransitionInfo way, string condition) => condition.Length > 0 ? $"{way.Trigger} [{condition}]" : $"{way.Trigger}";
}

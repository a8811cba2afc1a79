using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Onnx;

namespace Atmosphere.Bot.Console.Accuracy;

/// <summary>What a rule does at one bound.</summary>
/// <param name="Kind">The rule's kind of group.</param>
/// <param name="NamedBelow">The bound of its first score.</param>
/// <param name="IsDefault">Whether it is the model's own bound.</param>
/// <param name="Measured">What it does there.</param>
internal sealed record RulePoint<T>(GroupKind Kind, float NamedBelow, bool IsDefault, T Measured);

/// <summary>The rules of a model, each at bounds around its own.</summary>
internal static class RuleCurve
{
    private static readonly float[] _steps = [-0.16f, -0.12f, -0.08f, -0.04f, 0, 0.04f, 0.08f, 0.12f];

    public static IReadOnlyList<RulePoint<T>> Of<T>(NamingRules rules, Func<NamingRule, T> measure) =>
    [
        .. from kind in new[] { GroupKind.Children, GroupKind.Adults }
           let rule = rules.Of(kind)
           from step in _steps
           let bound = MathF.Round(rule.Scores[0].NamedBelow + step, 3)
           select new RulePoint<T>(kind, bound, step == 0, measure(rule.With(bound))),
    ];
}

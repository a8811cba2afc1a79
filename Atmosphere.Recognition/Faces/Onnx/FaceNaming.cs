using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>Decides from distances whether the nearest user may be named.</summary>
/// <param name="rules">The rules of the model that computed the vectors.</param>
public sealed class FaceNaming(NamingRules rules)
{
    private const int MaxMatches = 5;
    private const int Others = 3;

    // Distance -> similarity, linear between these points and strictly falling, so that the order is kept. The points have a known meaning
    // for pairs of strangers: 1 pair in 10,000 is below 0.34, 1 in 1,000 below 0.38, 1 in 100 below 0.45.
    private static readonly (float Distance, float Similarity)[] _curve =
        [(0, 100), (0.26f, 97), (0.34f, 93), (0.38f, 90), (0.45f, 80), (0.6f, 40), (1, 5), (2, 0)];

    /// <summary>The rules that decide.</summary>
    public NamingRules Rules => rules;

    /// <summary>The verdict on a face and its five most similar users.</summary>
    /// <param name="kind">Whose faces the group shows.</param>
    /// <param name="nearestFirst">Users of the collection with the distance of the face to each, 0..2, ascending; the five nearest are enough.</param>
    public FaceSearch Decide(GroupKind kind, IReadOnlyList<(PersonId User, float Distance)> nearestFirst) => Decide(rules.Of(kind), nearestFirst);

    /// <summary>0 (nothing in common) to 100 (the same picture), strictly falling with the distance (0..2).</summary>
    public static float Similarity(float distance)
    {
        for (var i = 1; i < _curve.Length; i++)
        {
            var (from, to) = (_curve[i - 1], _curve[i]);
            if (distance <= to.Distance)
            {
                var share = (Math.Max(distance, 0) - from.Distance) / (to.Distance - from.Distance);
                return from.Similarity + (share * (to.Similarity - from.Similarity));
            }
        }

        return 0;
    }

    /// <summary>The verdict of a rule that is being measured.</summary>
    public FaceSearch Decide(NamingRule rule, IReadOnlyList<(PersonId User, float Distance)> nearestFirst)
    {
        var matches = nearestFirst.Take(MaxMatches).Select(match => new UserMatch(match.User, Similarity(match.Distance))).ToArray();
        if (nearestFirst.Count == 0)
            return new FaceSearch(matches, MatchVerdict.Nobody);

        var scores = rule.Scores.Select(score => (score, Value: Score(score, nearestFirst))).ToArray();
        var isNamed = Array.TrueForAll(scores, one => one.Value < one.score.NamedBelow);
        var isUncertain = Array.Exists(scores, one => one.Value < one.score.UncertainBelow);
        var verdict = isNamed && Leads(rule, nearestFirst) ? MatchVerdict.Named : isUncertain ? MatchVerdict.Uncertain : MatchVerdict.Nobody;
        return new FaceSearch(matches, verdict) { NearEnough = isNamed || rules.Adults.Scores.All(score => Score(score, nearestFirst) < score.NamedBelow) };
    }

    /// <summary>Whether somebody else is nearer than the nearest user, or not clearly behind.</summary>
    internal bool IsRival(float nearest, float other) => other - nearest < rules.Children.LeadAtLeast;

    private static float Score(NamingScore score, IReadOnlyList<(PersonId User, float Distance)> nearestFirst)
    {
        var nearest = nearestFirst[0].Distance;
        var next = nearestFirst.Skip(1).Take(Others).Select(match => Math.Min(match.Distance, score.OthersAtMost)).ToArray();
        var others = (next.Sum() + (score.MissingAt * (Others - next.Length))) / Others;

        // Beyond the cap there is no lead; otherwise a distant face would be penalised twice.
        return nearest - (score.LeadWeight * Math.Max(others - nearest, 0));
    }

    private static bool Leads(NamingRule rule, IReadOnlyList<(PersonId User, float Distance)> nearestFirst) =>
        nearestFirst.Count == 1 || nearestFirst[1].Distance - nearestFirst[0].Distance >= rule.LeadAtLeast;
}

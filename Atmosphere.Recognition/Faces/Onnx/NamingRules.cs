using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>
/// One score of a face. With d1 the distance to the nearest user and o the mean distance to the three next ones it is
/// d1 - <paramref name="LeadWeight"/> * (o - d1): a name needs a near match and a crowd that is clearly behind.
/// </summary>
/// <param name="LeadWeight">How much the lead over the next users counts; 0: not at all.</param>
/// <param name="OthersAtMost">A next user who is further away counts as this far (distance, 0..2).</param>
/// <param name="MissingAt">A next user who is missing in a small group counts as this far (distance, 0..2): nobody there proves nothing.</param>
/// <param name="NamedBelow">Lower scores may be named.</param>
/// <param name="UncertainBelow">Lower scores are at least uncertain: a human decides.</param>
public sealed record NamingScore(float LeadWeight, float OthersAtMost, float MissingAt, float NamedBelow, float UncertainBelow);

/// <summary>When a face gets a name without a question.</summary>
/// <param name="LeadAtLeast">How far the second-best user must be behind the best (distance): of two who look alike neither is named.</param>
/// <param name="Scores">Each of them must allow the name. If only some do, or any is at least uncertain, a human is asked.</param>
public sealed record NamingRule(float LeadAtLeast, IReadOnlyList<NamingScore> Scores)
{
    /// <summary>The same rule with another <see cref="NamingScore.NamedBelow"/> of its first score, to measure its effect.</summary>
    public NamingRule With(float namedBelow) => this with
    {
        Scores = [Scores[0] with { NamedBelow = namedBelow, UncertainBelow = Math.Max(namedBelow, Scores[0].UncertainBelow) }, .. Scores.Skip(1)],
    };

    internal IEnumerable<string> Problems(string name)
    {
        if (LeadAtLeast is not (>= 0 and <= 2))
            yield return $"{name}.leadAtLeast is {LeadAtLeast}; use 0 to 2 (distance).";
        if (Scores is not { Count: > 0 })
            yield return $"{name}.scores is empty; name at least one.";
        foreach (var score in Scores ?? [])
        {
            if (score.LeadWeight is not (>= 0 and <= 5))
                yield return $"{name}.scores has leadWeight {score.LeadWeight}; use 0 to 5.";
            if (score.OthersAtMost is not (> 0 and <= 2) || score.MissingAt is not (> 0 and <= 2))
                yield return $"{name}.scores has othersAtMost {score.OthersAtMost} and missingAt {score.MissingAt}; use up to 2 (distance).";
            if (score.UncertainBelow < score.NamedBelow)
                yield return $"{name}.scores has uncertainBelow {score.UncertainBelow}; use namedBelow ({score.NamedBelow}) or more.";
        }
    }
}

/// <summary>The calibrated rules of one model. They belong to the model: distances of different models mean different things.</summary>
/// <param name="Children">For groups of children, the default.</param>
/// <param name="Adults">For groups of adults. Also decides whether a face is near enough to learn or to be registered already.</param>
/// <param name="Length">
/// The length of the model's vectors, which scales its distances: of pairs of strangers 1 in 100 must be nearer than 0.45, and 1 in 1,000 nearer
/// than 0.38, as the rest of the program expects. The bounds of the rules are scaled distances.
/// </param>
public sealed record NamingRules(NamingRule Children, NamingRule Adults, float Length = 1)
{
    /// <summary>
    /// The built-in descriptor. Adults: calibrated on galleries of 1 to 108 persons. Children: names only what both scores name. The second
    /// one compares with the whole crowd, because the nearest children of a class are near, too. docs/measurements.md has the curves.
    /// </summary>
    public static NamingRules FaceApi { get; } = OfFaceApi();

    public NamingRule Of(GroupKind kind) => kind == GroupKind.Adults ? Adults : Children;

    internal IEnumerable<string> Problems()
    {
        if (Length is not (> 0 and <= 1))
            yield return $"length is {Length}; use up to 1, the length of the model's vectors.";
        foreach (var problem in Children.Problems("children").Concat(Adults.Problems("adults")))
            yield return problem;
    }

    private static NamingRules OfFaceApi()
    {
        var adults = new NamingScore(LeadWeight: 1, OthersAtMost: 0.45f, MissingAt: 0.45f, NamedBelow: 0.235f, UncertainBelow: 0.28f);
        var crowd = new NamingScore(LeadWeight: 2, OthersAtMost: 0.65f, MissingAt: 0.5f, NamedBelow: 0.06f, UncertainBelow: 0.235f);
        return new NamingRules(new NamingRule(0.04f, [crowd, adults]), new NamingRule(0.04f, [adults]));
    }
}

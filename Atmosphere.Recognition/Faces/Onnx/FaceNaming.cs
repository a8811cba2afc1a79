using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>Decides from distances whether the nearest user may be named.</summary>
public sealed class FaceNaming(FaceNamingOptions options)
{
    private const int MaxMatches = 5;
    private const int Others = 3;

    // Distance -> similarity, linear between these points and strictly falling, so that the order is kept. The points have a known meaning
    // for pairs of strangers: 1 pair in 10,000 is below 0.34, 1 in 1,000 below 0.38, 1 in 100 below 0.45.
    private static readonly (float Distance, float Similarity)[] _curve =
        [(0, 100), (0.26f, 97), (0.34f, 93), (0.38f, 90), (0.45f, 80), (0.6f, 40), (1, 5), (2, 0)];

    /// <summary>The verdict on a face and its five most similar users.</summary>
    /// <param name="nearestFirst">Users of the collection with the distance of the face to each, 0..2, ascending; the five nearest are enough.</param>
    public FaceSearch Decide(IReadOnlyList<(PersonId User, float Distance)> nearestFirst)
    {
        var matches = nearestFirst.Take(MaxMatches).Select(match => new UserMatch(match.User, Similarity(match.Distance))).ToArray();
        if (nearestFirst.Count == 0)
            return new FaceSearch(matches, MatchVerdict.Nobody);

        var score = Score(nearestFirst);
        var nearEnough = score < options.NamedBelow;
        return new FaceSearch(matches, Verdict(score, nearEnough && Leads(nearestFirst))) { NearEnough = nearEnough };
    }

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

    private float Score(IReadOnlyList<(PersonId User, float Distance)> nearestFirst)
    {
        var nearest = nearestFirst[0].Distance;
        var next = nearestFirst.Skip(1).Take(Others).Select(match => Math.Min(match.Distance, options.OthersAtMost)).ToArray();
        var others = (next.Sum() + (options.OthersAtMost * (Others - next.Length))) / Others;

        // Beyond the cap there is no lead; otherwise a distant face would be penalised twice.
        return nearest - (options.LeadWeight * Math.Max(others - nearest, 0));
    }

    private bool Leads(IReadOnlyList<(PersonId User, float Distance)> nearestFirst) =>
        nearestFirst.Count == 1 || nearestFirst[1].Distance - nearestFirst[0].Distance >= options.LeadAtLeast;

    private MatchVerdict Verdict(float score, bool named)
    {
        if (named)
            return MatchVerdict.Named;
        return score < options.UncertainBelow ? MatchVerdict.Uncertain : MatchVerdict.Nobody;
    }
}

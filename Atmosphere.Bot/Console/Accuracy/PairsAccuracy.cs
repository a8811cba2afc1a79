namespace Atmosphere.Bot.Console.Accuracy;

/// <summary>One operating point: accepting everything nearer than the distance.</summary>
/// <param name="Distance">Threshold, 0..2.</param>
/// <param name="FalseAccepts">Share of the pairs of strangers that are accepted.</param>
/// <param name="TrueAccepts">Share of the pairs of one person that are accepted.</param>
internal sealed record RocPoint(double Distance, double FalseAccepts, double TrueAccepts);

/// <summary>Verification: are two photos of one person? Pairs with a photo without a face count as strangers.</summary>
/// <param name="Pairs">Pairs of the list.</param>
/// <param name="WithoutFace">Of them: a photo in which no face was found.</param>
/// <param name="Accuracy">Share that is right at the best threshold.</param>
/// <param name="Distance">That threshold.</param>
/// <param name="AtOnePercent">True accepts at 1 % false accepts.</param>
/// <param name="AtOnePerMille">True accepts at 0.1 % false accepts.</param>
/// <param name="Roc">The whole curve.</param>
internal sealed record PairsAccuracy(
    int Pairs, int WithoutFace, double Accuracy, double Distance, RocPoint AtOnePercent, RocPoint AtOnePerMille, IReadOnlyList<RocPoint> Roc)
{
    /// <param name="pairs">Distance (null: no face) and whether it is one person.</param>
    public static PairsAccuracy Of(IReadOnlyList<(float? Distance, bool Same)> pairs)
    {
        var ranked = pairs.Select(pair => (Distance: pair.Distance ?? float.MaxValue, pair.Same)).OrderBy(pair => pair.Distance).ToArray();
        var (same, strangers) = ((double)ranked.Count(pair => pair.Same), (double)ranked.Count(pair => !pair.Same));
        var roc = new List<RocPoint> { new(0, 0, 0) };
        var (accepted, falsely) = (0, 0);
        var best = (Right: strangers, Distance: 0.0);
        foreach (var pair in ranked.Where(pair => pair.Distance < float.MaxValue))
        {
            _ = pair.Same ? accepted++ : falsely++;
            roc.Add(new RocPoint(pair.Distance, falsely / strangers, accepted / same));
            if (accepted + strangers - falsely > best.Right)
                best = (accepted + strangers - falsely, pair.Distance);
        }

        return new PairsAccuracy(
            pairs.Count, pairs.Count(pair => pair.Distance is null), best.Right / pairs.Count, best.Distance,
            At(roc, 0.01), At(roc, 0.001), roc);
    }

    private static RocPoint At(List<RocPoint> roc, double falseAccepts) => roc.Last(point => point.FalseAccepts <= falseAccepts);
}

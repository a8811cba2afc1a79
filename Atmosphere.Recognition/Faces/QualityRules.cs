namespace Atmosphere.Recognition.Faces;

/// <summary>
/// Decides whether a face is good enough to learn from. Measured: faces 40 pixels high are still named in 97 of 100 cases, 24 pixels in 75,
/// 16 pixels in 12. Blurred or turned faces and badly fitting landmarks give unreliable vectors.
/// </summary>
public static class QualityRules
{
    private static readonly Limit[] _limits =
    [
        new(QualityReason.TooSmall, face => face.Quality.Height, Warn: 60, Reject: 40, LowIsBad: true),
        new(QualityReason.Blurred, face => face.Quality.Sharpness, Warn: 100, Reject: 50, LowIsBad: true),
        new(QualityReason.TurnedAway, face => face.Quality.Yaw, Warn: 0.7f, Reject: 0.9f, LowIsBad: false),
        new(QualityReason.TurnedAway, face => face.Quality.LandmarkResidual, Warn: 0.05f, Reject: 0.08f, LowIsBad: false),
        new(QualityReason.Unsure, face => face.Score, Warn: 0.6f, Reject: 0.3f, LowIsBad: true),
    ];

    /// <summary>Limits for the distance between a face and its mirror image (0..2), above which the vector is not trusted.</summary>
    private static readonly (float Warn, float Reject) _mirror = (0.2f, 0.3f);

    /// <summary>Judges a detected face.</summary>
    public static QualityVerdict Judge(DetectedFace face) => Worst(_limits.Select(limit => (limit.Reason, limit.Judge(face))));

    /// <summary>Judges a face with its embedding.</summary>
    public static QualityVerdict Judge(FaceDescription description)
    {
        var mirror = description.MirrorDistance;
        var unsure = mirror > _mirror.Reject ? FaceVerdict.Reject : mirror > _mirror.Warn ? FaceVerdict.Warn : FaceVerdict.Good;
        return Worst([.. _limits.Select(limit => (limit.Reason, limit.Judge(description.Face))), (QualityReason.Unsure, unsure)]);
    }

    private static QualityVerdict Worst(IEnumerable<(QualityReason Reason, FaceVerdict Verdict)> judged)
    {
        var bad = judged.Where(part => part.Verdict != FaceVerdict.Good).OrderByDescending(part => part.Verdict).ToArray();
        return new QualityVerdict(bad.Length == 0 ? FaceVerdict.Good : bad[0].Verdict, [.. bad.Select(part => part.Reason).Distinct()]);
    }

    private sealed record Limit(QualityReason Reason, Func<DetectedFace, float> Measure, float Warn, float Reject, bool LowIsBad)
    {
        public FaceVerdict Judge(DetectedFace face)
        {
            var value = Measure(face);
            if (LowIsBad ? value < Reject : value > Reject)
                return FaceVerdict.Reject;
            return (LowIsBad ? value < Warn : value > Warn) ? FaceVerdict.Warn : FaceVerdict.Good;
        }
    }
}

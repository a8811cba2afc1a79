using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;

namespace Atmosphere.Bot.Tests.Faces;

public sealed class QualityTests
{
    private static readonly FaceQuality _good = new(Height: 120, Sharpness: 300, Yaw: 0.1f, LandmarkResidual: 0.02f);

    [Fact]
    public void A_near_sharp_and_frontal_face_is_good()
    {
        var verdict = QualityRules.Judge(Face(_good));
        Assert.Equal(FaceVerdict.Good, verdict.Verdict);
        Assert.Empty(verdict.Reasons);
    }

    [Theory]
    [InlineData(50, 300, 0.1f, FaceVerdict.Warn, QualityReason.TooSmall)]
    [InlineData(30, 300, 0.1f, FaceVerdict.Reject, QualityReason.TooSmall)]
    [InlineData(120, 70, 0.1f, FaceVerdict.Warn, QualityReason.Blurred)]
    [InlineData(120, 20, 0.1f, FaceVerdict.Reject, QualityReason.Blurred)]
    [InlineData(120, 300, 0.8f, FaceVerdict.Warn, QualityReason.TurnedAway)]
    public void A_parent_learns_what_is_wrong(float height, float sharpness, float yaw, FaceVerdict verdict, QualityReason reason)
    {
        var judged = QualityRules.Judge(Face(_good with { Height = height, Sharpness = sharpness, Yaw = yaw }));
        Assert.Equal(verdict, judged.Verdict);
        Assert.Equal([reason], judged.Reasons);
    }

    [Fact]
    public void The_worst_reason_comes_first()
    {
        var judged = QualityRules.Judge(Face(_good with { Height = 50, Sharpness = 10 }));
        Assert.Equal([QualityReason.Blurred, QualityReason.TooSmall], judged.Reasons);
    }

    [Fact]
    public void A_face_far_from_its_own_mirror_image_makes_the_engine_unsure()
    {
        var description = new FaceDescription(Face(_good), Embedding.FromValues([1, 0]), MirrorDistance: 0.25f);
        Assert.Equal([QualityReason.Unsure], QualityRules.Judge(description).Reasons);
    }

    private static DetectedFace Face(FaceQuality quality) => new(new Box(0, 0, quality.Height, quality.Height), 0.95f, [], quality);
}

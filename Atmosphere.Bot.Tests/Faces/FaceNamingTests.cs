using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Onnx;

namespace Atmosphere.Bot.Tests.Faces;

public sealed class FaceNamingTests
{
    private readonly FaceNaming _naming = new(new FaceNamingOptions());

    [Theory]
    [InlineData(MatchVerdict.Named, 0.20f, 0.45f, 0.50f, 0.52f)] // near, and nobody else is
    [InlineData(MatchVerdict.Named, 0.34f, 0.45f, 0.46f, 0.60f)] // less near, but all others are clearly behind
    [InlineData(MatchVerdict.Uncertain, 0.34f, 0.40f, 0.41f, 0.42f)] // not far enough ahead of the crowd
    [InlineData(MatchVerdict.Uncertain, 0.20f, 0.21f, 0.50f, 0.52f)] // two who look alike, however near
    [InlineData(MatchVerdict.Nobody, 0.36f, 0.37f, 0.38f, 0.39f)]
    [InlineData(MatchVerdict.Nobody, 0.40f, 0.90f, 0.95f, 0.99f)] // others that are far away prove nothing
    [InlineData(MatchVerdict.Nobody, 0.60f, 0.70f, 0.75f, 0.80f)]
    public void A_name_needs_a_near_match_and_others_that_are_clearly_behind(MatchVerdict expected, params float[] distances) =>
        Assert.Equal(expected, Decide(distances).Verdict);

    [Theory]
    [InlineData(0.34f, MatchVerdict.Named)]
    [InlineData(0.35f, MatchVerdict.Uncertain)]
    [InlineData(0.38f, MatchVerdict.Nobody)]
    public void With_one_person_registered_the_distance_alone_decides(float distance, MatchVerdict expected) =>
        Assert.Equal(expected, Decide(distance).Verdict);

    [Fact]
    public void In_an_empty_collection_everybody_is_nobody() => Assert.Equal(MatchVerdict.Nobody, Decide().Verdict);

    [Fact]
    public void At_most_five_users_are_told_the_most_similar_first()
    {
        var matches = Decide(0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f).Matches;
        Assert.Equal(["p0", "p1", "p2", "p3", "p4"], matches.Select(match => match.User.Value));
    }

    [Fact]
    public void Similarity_falls_strictly_from_100_to_0_with_the_distance()
    {
        var curve = Enumerable.Range(0, 201).Select(step => FaceNaming.Similarity(step / 100f)).ToArray();
        Assert.Equal(100, curve[0]);
        Assert.Equal(0, curve[^1]);
        Assert.All(curve.Zip(curve.Skip(1)), pair => Assert.True(pair.First > pair.Second));
    }

    [Fact]
    public void A_setting_that_cannot_work_is_told_with_its_key()
    {
        var problem = Assert.Single(new FaceNamingOptions { UncertainBelow = 0.1f }.AllProblems());
        Assert.StartsWith("Atmosphere:Faces:Similarity:UncertainBelow is 0.1; use", problem, StringComparison.Ordinal);
    }

    private FaceSearch Decide(params float[] distances) =>
        _naming.Decide([.. distances.Select((distance, i) => (new PersonId($"p{i}"), distance))]);
}

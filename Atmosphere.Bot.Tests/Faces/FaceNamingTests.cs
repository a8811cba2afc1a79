using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Faces.Onnx.Models;

namespace Atmosphere.Bot.Tests.Faces;

public sealed class FaceNamingTests
{
    private readonly FaceNaming _naming = new(NamingRules.FaceApi);

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

    /// <summary>d1 of adults who look like strangers to each other; children of one age are all near.</summary>
    [Theory]
    [InlineData(MatchVerdict.Named, 0.20f, 0.45f, 0.50f, 0.52f)]
    [InlineData(MatchVerdict.Uncertain, 0.30f, 0.40f, 0.42f, 0.43f)] // adults: named; among children it may be any of them
    [InlineData(MatchVerdict.Uncertain, 0.40f, 0.55f, 0.58f, 0.60f)] // adults: nobody; asked, not dropped
    [InlineData(MatchVerdict.Uncertain, 0.36f, 0.64f, 0.65f, 0.70f)] // clearly ahead of the crowd, but not near
    [InlineData(MatchVerdict.Nobody, 0.50f, 0.56f, 0.58f, 0.60f)]
    public void Among_children_a_name_needs_more(MatchVerdict expected, params float[] distances) =>
        Assert.Equal(expected, Decide(GroupKind.Children, distances).Verdict);

    [Theory]
    [InlineData(0.34f, MatchVerdict.Named)]
    [InlineData(0.36f, MatchVerdict.Uncertain)]
    [InlineData(0.42f, MatchVerdict.Nobody)]
    public void One_registered_child_is_named_no_sooner_than_one_registered_adult(float distance, MatchVerdict expected) =>
        Assert.Equal(expected, Decide(GroupKind.Children, distance).Verdict);

    [Fact]
    public void A_child_is_named_only_where_an_adult_would_be()
    {
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var distances = Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.NextSingle()).Order().ToArray();
            if (Decide(GroupKind.Children, distances).Verdict == MatchVerdict.Named)
                Assert.Equal(MatchVerdict.Named, Decide(distances).Verdict);
        }
    }

    [Theory]
    [InlineData("""{"children":{"leadAtLeast":0.04,"scores":[]},"adults":{"leadAtLeast":0.04,"scores":[]}}""", "children.scores is empty")]
    [InlineData("""{"adults":{"leadAtLeast":0.04,"scores":[]}}""", "children and adults")]
    [InlineData("{", "children and adults")]
    [InlineData(
        """{"children":{"leadAtLeast":0.04,"scores":[{"leadWeight":1,"othersAtMost":1,"missingAt":1,"namedBelow":0.3,"uncertainBelow":0.1}]},"adults":{"leadAtLeast":0,"scores":[]}}""",
        "children.scores has uncertainBelow 0.1; use namedBelow (0.3)")]
    public void Rules_that_cannot_work_are_refused_with_the_remedy(string rules, string sentence)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, rules);
            Assert.Contains(sentence, Assert.Throws<FaceModelException>(() => OwnRules.Read(file)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void An_own_recogniser_needs_its_own_rules()
    {
        var own = typeof(FaceNamingTests).Assembly.Location;
        var problem = Assert.Single(new FaceModelOptions { Recogniser = own, RecogniserFamily = "sface" }.AllProblems());
        Assert.StartsWith("Atmosphere:Faces:Models:RecogniserRules is not set; name", problem, StringComparison.Ordinal);
    }

    private FaceSearch Decide(params float[] distances) => Decide(GroupKind.Adults, distances);

    private FaceSearch Decide(GroupKind kind, params float[] distances) =>
        _naming.Decide(kind, [.. distances.Select((distance, i) => (new PersonId($"p{i}"), distance))]);
}

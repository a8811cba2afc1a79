using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Flows.Tagging.Learning;
using Atmosphere.Recognition.Questions;
using Vectors = Atmosphere.Bot.Tests.Contracts.Faces;

namespace Atmosphere.Bot.Tests.Flows.Tagging;

/// <summary>At most a hundred faces a person; good ones take the place of old ones that tags taught, never of those of the registration.</summary>
public sealed class WhatIsTaught
{
    [Theory]
    [InlineData(0, 0, 30, 0, 30, 0)]
    [InlineData(5, 60, 50, 0, 50, 15)]
    [InlineData(98, 0, 30, 0, 2, 0)]
    [InlineData(5, 95, 10, 20, 10, 10)]
    [InlineData(5, 95, 0, 20, 0, 0)]
    public void The_best_are_kept(int registered, int before, int good, int usable, int taught, int dropped)
    {
        var old = Enumerable.Range(0, before).Select(number => new FaceId($"old {number}")).ToList();
        var known = old.Concat(Enumerable.Range(0, registered).Select(number => new FaceId($"registered {number}"))).ToHashSet();
        var faces = Enumerable.Range(0, good).Select(number => Face($"good {number}", 120))
            .Concat(Enumerable.Range(0, usable).Select(number => Face($"usable {number}", 50))).Append(Face("bad", 20));

        var plan = TrainingPlan.Of(faces, known, old);

        Assert.Equal((taught, dropped), (plan.Teach.Count, plan.Drop.Count));
        Assert.Equal(old.Take(dropped), plan.Drop);
        Assert.DoesNotContain(plan.Teach, face => face.Face.Value == "bad");
        Assert.True(known.Count - plan.Drop.Count + plan.Teach.Count <= TrainingPlan.MostFaces);
    }

    [Fact]
    public void The_settings_say_what_may_be_written() =>
        Assert.Equal(5, new TaggingOptions { Votes = 6, SmallestFace = 10, FacesBeforeAsking = 0, LeastSimilarity = 91, PostPause = TimeSpan.FromHours(1) }.AllProblems().Count);

    private static CheckedFace Face(string name, float height)
    {
        var face = new DetectedFace(new Box(0, 0, height, height), 0.95f, [], new FaceQuality(height, 300, 0.1f, 0.01f));
        return new CheckedFace(new FoundFace(new FaceId(name), face, "model", new FaceDescription(face, Vectors.Of(name), 0.05f)), new FaceSearch([], MatchVerdict.Nobody), null);
    }
}

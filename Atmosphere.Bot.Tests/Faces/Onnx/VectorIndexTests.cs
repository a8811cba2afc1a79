using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Onnx;
using FsCheck.Xunit;

namespace Atmosphere.Bot.Tests.Faces.Onnx;

public sealed class VectorIndexTests
{
    private const int Users = 10_000;

    private static readonly Dictionary<PersonId, Embedding?> _gallery = Gallery();

    private static readonly VectorIndex _index = VectorIndex.Empty.With(_gallery);

    [Property(MaxTest = 20)]
    public void It_finds_exactly_what_comparing_with_everybody_finds(int seed)
    {
        var face = Contracts.Faces.Random(new Random(seed));

        Assert.Equal(Naive(face).Take(5).Select(match => match.User), _index.Nearest(face, 5).Select(match => match.User));
    }

    [Fact]
    public void A_changed_user_has_its_new_vector_and_others_keep_theirs()
    {
        var (maya, noam) = (new PersonId("maya"), new PersonId("noam"));
        var before = VectorIndex.Empty.With(new Dictionary<PersonId, Embedding?> { [maya] = Contracts.Faces.Of("a"), [noam] = Contracts.Faces.Of("b") });
        var after = before.With(new Dictionary<PersonId, Embedding?> { [maya] = Contracts.Faces.Of("c") });
        var gone = after.With(new Dictionary<PersonId, Embedding?> { [maya] = null });

        Assert.Equal((maya, 0), before.Nearest(Contracts.Faces.Of("a"), 1).Single());
        Assert.Equal((maya, 0), after.Nearest(Contracts.Faces.Of("c"), 1).Single());
        Assert.Equal((noam, 0), after.Nearest(Contracts.Faces.Of("b"), 1).Single());
        Assert.Equal(noam, gone.Nearest(Contracts.Faces.Of("c"), 5).Single().User);
    }

    [Fact]
    public void Vectors_of_different_lengths_are_refused()
    {
        var index = VectorIndex.Empty.With(_gallery);

        Assert.Throws<ArgumentException>(
            () => index.With(new Dictionary<PersonId, Embedding?> { [new PersonId("new")] = Embedding.FromValues([1, 2, 3]) }));
    }

    private static IEnumerable<(PersonId User, float Distance)> Naive(Embedding face) =>
        _gallery.Select(user => (user.Key, user.Value!.DistanceTo(face))).OrderBy(match => match.Item2);

    private static Dictionary<PersonId, Embedding?> Gallery()
    {
        var random = new Random(1);
        return Enumerable.Range(0, Users).ToDictionary(
            number => new PersonId($"user{number}"), _ => (Embedding?)Contracts.Faces.Random(random));
    }
}

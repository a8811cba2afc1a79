using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bot.Console.Accuracy;

/// <summary>Enrolled persons, in memory.</summary>
internal sealed class Gallery(IReadOnlyDictionary<string, Embedding> persons)
{
    private const int Nearest = 5;

    /// <summary>A person's reference is the normalised mean of its faces.</summary>
    public static Gallery Of(IEnumerable<(string Person, Embedding Face)> faces) =>
        new(faces.GroupBy(face => face.Person).ToDictionary(
            person => person.Key, person => Embedding.Mean([.. person.Select(face => face.Face)])));

    /// <summary>The five persons nearest to the face, nearest first, as a face collection finds them.</summary>
    public IReadOnlyList<(PersonId User, float Distance)> NearestTo(Embedding face) =>
        [.. persons.Select(person => (new PersonId(person.Key), face.DistanceTo(person.Value))).OrderBy(match => match.Item2).Take(Nearest)];
}

using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Onnx;

namespace Atmosphere.Bot.Console.Accuracy;

/// <summary>Enrolled persons, in memory; decides as a face collection does.</summary>
internal sealed class Gallery(FaceNaming naming, IReadOnlyDictionary<string, Embedding> persons)
{
    /// <summary>A person's reference is the normalised mean of its faces.</summary>
    public static Gallery Of(FaceNaming naming, IEnumerable<(string Person, Embedding Face)> faces) =>
        new(naming, faces.GroupBy(face => face.Person).ToDictionary(
            person => person.Key, person => Embedding.Mean([.. person.Select(face => face.Face)])));

    public FaceSearch Search(Embedding face) => naming.Decide(
        [.. persons.Select(person => (new PersonId(person.Key), face.DistanceTo(person.Value))).OrderBy(match => match.Item2)]);
}

using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bot.Console.Accuracy;

/// <summary>The effect of one bound of the learning gate.</summary>
/// <param name="Within">Atmosphere:Learning:SamePersonWithin.</param>
/// <param name="Genuine">Share of the person's own further faces about which a question is asked needlessly, 0..1.</param>
/// <param name="Foreign">Share of other people's faces that would be learned without a question, 0..1.</param>
internal sealed record GateBound(float Within, double Genuine, double Foreign);

/// <summary>The accuracy of the learning gate for each bound.</summary>
/// <param name="Additions">Faces compared with the mean of the person's learned ones.</param>
/// <param name="Registrations">Faces compared with the one face that is shown for the confirmation.</param>
/// <param name="OwnFaces">Number of further faces of enrolled persons.</param>
/// <param name="Attempts">Number of comparisons of other people's faces with enrolled persons.</param>
internal sealed record GateAccuracy(IReadOnlyList<GateBound> Additions, IReadOnlyList<GateBound> Registrations, int OwnFaces, int Attempts)
{
    private static readonly float[] _bounds = [.. Enumerable.Range(0, 17).Select(step => 0.24f + (step * 0.02f))];

    /// <param name="faces">Each with its role (enrol, probe, unknown) and the person's true name.</param>
    public static GateAccuracy Of(IReadOnlyList<(string Role, string Person, Embedding Face)> faces)
    {
        var enrolled = faces.Where(face => face.Role == "enrol").GroupBy(face => face.Person)
            .ToDictionary(person => person.Key, person => person.Select(face => face.Face).ToList());
        var asked = faces.Where(face => face.Role != "enrol").ToList();
        var means = enrolled.ToDictionary(person => person.Key, person => Embedding.Mean(person.Value));
        var shown = enrolled.ToDictionary(person => person.Key, person => person.Value.MinBy(face => face.DistanceTo(means[person.Key]))!);
        var own = asked.Count(face => face.Role == "probe" && enrolled.ContainsKey(face.Person));
        return new GateAccuracy(Curve(means), Curve(shown), own, (asked.Count * enrolled.Count) - own);

        IReadOnlyList<GateBound> Curve(IReadOnlyDictionary<string, Embedding> references)
        {
            var genuine = asked.Where(face => references.ContainsKey(face.Person)).Select(face => face.Face.DistanceTo(references[face.Person])).ToList();
            var foreign = asked.SelectMany(face => references.Where(one => one.Key != face.Person), (face, one) => face.Face.DistanceTo(one.Value)).ToList();
            return [.. _bounds.Select(bound => new GateBound(bound, Share(genuine, distance => distance > bound), Share(foreign, distance => distance <= bound)))];
        }
    }

    private static double Share(List<float> all, Predicate<float> of) => all.Count == 0 ? 0 : all.FindAll(of).Count / (double)all.Count;
}

using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Onnx;

namespace Atmosphere.Bot.Console.Accuracy;

/// <summary>
/// Classes drawn from labelled faces: some persons are enrolled with one photo each; their other photos and everybody else's are then shown.
/// </summary>
internal sealed class SimulatedClasses
{
    private readonly FaceNaming _naming;
    private readonly string[] _persons;
    private readonly List<(int Class, int Person, string Name, bool IsEnrolled, IReadOnlyList<(PersonId User, float Distance)> Nearest)> _shown = [];

    /// <param name="naming">The rules of the model.</param>
    /// <param name="faces">Each with its person; a person with one photo is always a stranger.</param>
    /// <param name="size">Persons of a class.</param>
    /// <param name="seed">Of the first class; the same seed draws the same classes.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="VerbException">There are too few persons.</exception>
    public SimulatedClasses(FaceNaming naming, IReadOnlyList<(string Person, Embedding Face)> faces, int size, int seed, int classes)
    {
        (_naming, Size, Seed, Classes) = (naming, size, seed, classes);
        var photos = faces.GroupBy(face => face.Person).OrderBy(person => person.Key, StringComparer.Ordinal)
            .Select(person => (Name: person.Key, Faces: person.Select(face => face.Face).ToArray())).ToArray();
        _persons = [.. photos.Select(person => person.Name)];
        var able = Enumerable.Range(0, photos.Length).Where(person => photos[person].Faces.Length > 1).ToArray();
        if (able.Length < size)
            throw new VerbException($"{able.Length} persons have two photos or more; a class of {size} needs as many. Name a smaller --class, or another folder.");

        for (var number = 0; number < classes; number++)
        {
            var random = new Random((seed * 1_000_003) + number);
            var drawn = able.ToArray();
            random.Shuffle(drawn);
            var enrolled = drawn.Take(size).ToDictionary(person => person, person => photos[person].Faces[random.Next(photos[person].Faces.Length)]);
            var gallery = new Gallery(enrolled.ToDictionary(person => photos[person.Key].Name, person => person.Value));
            for (var person = 0; person < photos.Length; person++)
            {
                var own = enrolled.GetValueOrDefault(person);
                foreach (var face in photos[person].Faces.Where(face => face != own))
                    _shown.Add((number, person, photos[person].Name, own is not null, gallery.NearestTo(face)));
            }
        }
    }

    public int Size { get; }

    public int Seed { get; }

    public int Classes { get; }

    public ClassAccuracy Measure(NamingRule rule)
    {
        var verdicts = _shown.Select(face => (face.Class, face.Person, face.IsEnrolled, Verdict: VerdictOf(face.Name, _naming.Decide(rule, face.Nearest)))).ToArray();
        return new ClassAccuracy(
            Size, Classes, _persons.Length,
            Of(false, ShownAs.Right, ShownAs.Wrong), Of(false, ShownAs.Uncertain), Of(true, ShownAs.Right), Of(true, ShownAs.Uncertain), Of(true, ShownAs.Wrong));

        Rate Of(bool enrolled, params ShownAs[] counted) => Rate.Of(
            [.. verdicts.Where(face => face.IsEnrolled == enrolled).Select(face => (face.Class, face.Person, counted.Contains(face.Verdict)))],
            Classes, _persons.Length, Seed);
    }

    private static ShownAs VerdictOf(string person, FaceSearch search) => search.Verdict switch
    {
        MatchVerdict.Named => search.Matches[0].User.Value == person ? ShownAs.Right : ShownAs.Wrong,
        MatchVerdict.Uncertain => ShownAs.Uncertain,
        _ => ShownAs.Nobody,
    };

    private enum ShownAs
    {
        Nobody,
        Uncertain,
        Wrong,
        Right,
    }
}

/// <param name="Size">Persons of a class, enrolled with one photo each.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Persons">Persons in the folder.</param>
/// <param name="StrangersNamed">Faces of persons who are not enrolled: named as somebody.</param>
/// <param name="StrangersUncertain">Of them: a human is asked.</param>
/// <param name="Right">Further faces of enrolled persons: named rightly.</param>
/// <param name="Uncertain">Of them: a human is asked.</param>
/// <param name="Wrong">Of them: named as somebody else.</param>
internal sealed record ClassAccuracy(
    int Size, int Classes, int Persons, Rate StrangersNamed, Rate StrangersUncertain, Rate Right, Rate Uncertain, Rate Wrong);

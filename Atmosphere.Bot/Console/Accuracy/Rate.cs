namespace Atmosphere.Bot.Console.Accuracy;

/// <summary>A share with its 95 % confidence interval.</summary>
/// <param name="Part">Faces that count.</param>
/// <param name="Whole">All faces.</param>
/// <param name="Low">Lower bound, 0..1.</param>
/// <param name="High">Upper bound, 0..1.</param>
internal sealed record Rate(int Part, int Whole, double Low, double High)
{
    private const int Resamples = 1000;
    private const double Tail = 0.025;

    public double Share => Whole == 0 ? 0 : Part / (double)Whole;

    /// <summary>
    /// The interval by resampling classes and persons. Faces of one person, and faces in one class, fail together, so that counting each
    /// face as a trial of its own would claim too much.
    /// </summary>
    public static Rate Of(IReadOnlyList<(int Class, int Person, bool Counts)> faces, int classes, int persons, int seed)
    {
        var cells = faces.GroupBy(face => (face.Class, face.Person))
            .Select(cell => (cell.Key.Class, cell.Key.Person, Part: cell.Count(face => face.Counts), Whole: cell.Count())).ToArray();
        var random = new Random(seed);
        var shares = new double[Resamples];
        for (var i = 0; i < Resamples; i++)
        {
            var (ofClass, ofPerson) = (Drawn(random, classes), Drawn(random, persons));
            var (part, whole) = (0L, 0L);
            foreach (var cell in cells)
            {
                var weight = (long)ofClass[cell.Class] * ofPerson[cell.Person];
                part += weight * cell.Part;
                whole += weight * cell.Whole;
            }

            shares[i] = whole == 0 ? 0 : part / (double)whole;
        }

        Array.Sort(shares);
        return new Rate(
            faces.Count(face => face.Counts), faces.Count, shares[(int)(Tail * Resamples)], shares[(int)((1 - Tail) * Resamples) - 1]);
    }

    /// <summary>How often each of them is drawn, with replacement.</summary>
    private static int[] Drawn(Random random, int count)
    {
        var times = new int[count];
        for (var i = 0; i < count; i++)
            times[random.Next(count)]++;
        return times;
    }
}

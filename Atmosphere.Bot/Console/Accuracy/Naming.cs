using Atmosphere.Recognition.Faces;

namespace Atmosphere.Bot.Console.Accuracy;

/// <summary>How names came out.</summary>
/// <param name="Enrolled">Faces whose person is enrolled.</param>
/// <param name="Right">Of them: named rightly, without asking.</param>
/// <param name="Wrong">Of them: named as somebody else.</param>
/// <param name="Uncertain">Of them: a human is asked.</param>
/// <param name="Missed">Of them: taken for nobody, or no face found.</param>
/// <param name="Unknown">Faces whose person is not enrolled.</param>
/// <param name="UnknownNamed">Of them: named as somebody.</param>
/// <param name="UnknownUncertain">Of them: a human is asked.</param>
internal sealed record Naming(int Enrolled, int Right, int Wrong, int Uncertain, int Missed, int Unknown, int UnknownNamed, int UnknownUncertain)
{
    /// <param name="faces">The true person (null: not enrolled) and what the search said (null: no face was found).</param>
    public static Naming Of(IEnumerable<(string? Person, FaceSearch? Search)> faces)
    {
        var enrolled = faces.Where(face => face.Person is not null).ToArray();
        var unknown = faces.Where(face => face.Person is null).ToArray();
        var right = enrolled.Count(face => Named(face.Search) == face.Person);
        var wrong = enrolled.Count(face => Named(face.Search) is { } name && name != face.Person);
        var uncertain = enrolled.Count(face => face.Search?.Verdict == MatchVerdict.Uncertain);
        return new Naming(
            enrolled.Length, right, wrong, uncertain, enrolled.Length - right - wrong - uncertain,
            unknown.Length, unknown.Count(face => Named(face.Search) is not null),
            unknown.Count(face => face.Search?.Verdict == MatchVerdict.Uncertain));
    }

    private static string? Named(FaceSearch? search) => search is { Verdict: MatchVerdict.Named } ? search.Matches[0].User.Value : null;
}

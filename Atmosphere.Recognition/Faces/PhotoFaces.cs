namespace Atmosphere.Recognition.Faces;

/// <summary>Corrects the verdicts of the faces of one photo against each other.</summary>
public static class PhotoFaces
{
    /// <summary>By how many points of similarity a face must lead its rival to keep the name.</summary>
    private const float ClearLead = 2;

    /// <summary>
    /// A person appears at most once in a photo. If several faces got the same name, the most similar one keeps it if it leads clearly, and
    /// the others become uncertain; without a clear lead all become uncertain. Asking is better than sending a photo to the wrong parent.
    /// </summary>
    /// <param name="searches">One search per face of the photo.</param>
    /// <returns>In the same order, with corrected verdicts.</returns>
    public static IReadOnlyList<FaceSearch> WithoutDoubles(IReadOnlyList<FaceSearch> searches)
    {
        var result = searches.ToArray();
        foreach (var rivals in Named(result).GroupBy(face => result[face].Matches[0].User).Where(group => group.Count() > 1))
        {
            var ranked = rivals.OrderByDescending(face => Best(result[face])).ToArray();
            var keepsName = Best(result[ranked[0]]) - Best(result[ranked[1]]) >= ClearLead;
            foreach (var face in ranked.Skip(keepsName ? 1 : 0))
                result[face] = result[face] with { Verdict = MatchVerdict.Uncertain };
        }

        return result;
    }

    private static int[] Named(FaceSearch[] searches) =>
        Enumerable.Range(0, searches.Length).Where(face => searches[face].Verdict == MatchVerdict.Named).ToArray();

    private static float Best(FaceSearch search) => search.Matches[0].Similarity;
}

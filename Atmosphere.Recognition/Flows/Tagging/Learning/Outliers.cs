using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Flows.Tagging.Learning;

/// <summary>Which of a person's faces do not fit the others.</summary>
internal static class Outliers
{
    /// <summary>
    /// The one that is furthest from the mean of the others goes first, and what is left is measured anew: one wrong face must not take
    /// right ones with it. Of two that are as far the later one goes. At least one face stays.
    /// </summary>
    /// <param name="faces">All of the person's, in the order in which they were learned.</param>
    /// <param name="mayGo">Those that tags taught; those of the registration stay, whatever they look like.</param>
    /// <param name="from">Distance, 0..2.</param>
    /// <returns>Those that go, and how many of the registration do not fit what is left.</returns>
    public static (IReadOnlyList<FaceId> Outliers, int Doubtful) Of(
        IReadOnlyList<(FaceId Face, Embedding Vector)> faces, IReadOnlySet<FaceId> mayGo, float from)
    {
        var (left, gone) = (faces.ToList(), new List<FaceId>());
        while (left.Count > 1)
        {
            var far = left.Where(face => mayGo.Contains(face.Face))
                .Select(face => (face.Face, Distance: DistanceToOthers(left, face.Face)))
                .Where(face => face.Distance > from)
                .Reverse()
                .ToList();
            if (far.Count == 0)
                break;

            var furthest = far.MaxBy(face => face.Distance).Face;
            gone.Add(furthest);
            _ = left.RemoveAll(face => face.Face == furthest);
        }

        var doubtful = left.Count < 2 ? 0 : left.Count(face => !mayGo.Contains(face.Face) && DistanceToOthers(left, face.Face) > from);
        return (gone, doubtful);
    }

    private static float DistanceToOthers(List<(FaceId Face, Embedding Vector)> faces, FaceId face) =>
        Embedding.Mean([.. faces.Where(other => other.Face != face).Select(other => other.Vector)])
            .DistanceTo(faces.First(one => one.Face == face).Vector);
}

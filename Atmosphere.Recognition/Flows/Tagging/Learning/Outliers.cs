using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Flows.Tagging.Learning;

/// <summary>Finds faces of a person that do not fit the others.</summary>
internal static class Outliers
{
    /// <summary>
    /// Repeatedly drops the face furthest from the mean of the others and measures the rest again, so that one wrong face does not take
    /// right ones with it. On a tie the later face is dropped. At least one face stays.
    /// </summary>
    /// <param name="faces">All faces of the person, in the order in which they were learned.</param>
    /// <param name="mayGo">Faces learned from tags; those of the registration always stay.</param>
    /// <param name="from">Distance from which a face is an outlier, 0..2.</param>
    /// <returns>The outliers, and how many registration faces do not fit the rest.</returns>
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

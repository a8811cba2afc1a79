using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces.Clustering;

/// <summary>Clusters the faces of unidentified persons.</summary>
public static class Clusters
{
    /// <summary>
    /// Two groups with a mean distance below this are one person. Unlike connected components, average link works at any size.
    /// </summary>
    public const float AverageLink = 0.345f;

    /// <summary>
    /// Added to the distance of two groups whose faces always appear in the same photos: they must be two persons. Scaled down if they
    /// seldom do, so that a face detected twice, or a picture on the wall, does not keep one person apart.
    /// </summary>
    public const float SeenTogether = 0.5f;

    /// <summary>
    /// Average-link clustering: merges the two groups with the smallest mean distance until it reaches the threshold.
    /// Time and memory grow with the square of the number of faces (4,000 faces: 64 MB).
    /// </summary>
    /// <returns>For each face the number of its group: 0, 1, 2 ... in order of first appearance.</returns>
    public static int[] Of(IReadOnlyList<Embedding> faces, float threshold = AverageLink) => Of(new AverageLinkage(faces), faces.Count, threshold);

    internal static int[] Of(IReadOnlyList<ClusterFace> faces) =>
        Of(new AverageLinkage([.. faces.Select(face => face.Embedding)], (one, other) => faces[one].Photo == faces[other].Photo), faces.Count, AverageLink);

    /// <summary>
    /// Clusters with the incremental algorithm that runs as photos arrive: each face joins or starts a cluster; clusters merge and split.
    /// Each face counts as from a different photo.
    /// </summary>
    /// <returns>For each face the number of its group: 0, 1, 2 ... in order of first appearance.</returns>
    public static int[] OneByOne(IReadOnlyList<Embedding> faces)
    {
        var space = new ClusterSpace([], now: 0);
        foreach (var (face, i) in faces.Select((face, i) => (face, i)))
            space.Add([new ClusterFace(new FaceId($"{i}"), new PhotoId($"{i}"), face)]);

        var of = space.Clusters
            .SelectMany(cluster => cluster.Faces, (cluster, face) => (face.Face, cluster.Id))
            .ToDictionary(face => face.Face.Value, face => face.Id);
        var numbers = new Dictionary<ClusterId, int>();
        return [.. faces.Select((_, i) => numbers.TryGetValue(of[$"{i}"], out var known) ? known : numbers[of[$"{i}"]] = numbers.Count)];
    }

    private static int[] Of(AverageLinkage groups, int faces, float threshold)
    {
        var parent = Enumerable.Range(0, faces).ToArray();
        foreach (var (keep, gone) in groups.Merges(threshold))
            parent[gone] = keep;

        var numbers = new Dictionary<int, int>();
        return [.. parent.Select((_, face) => Number(Root(face)))];

        int Number(int root) => numbers.TryGetValue(root, out var known) ? known : numbers[root] = numbers.Count;

        int Root(int face)
        {
            while (parent[face] != face)
                face = parent[face];
            return face;
        }
    }
}

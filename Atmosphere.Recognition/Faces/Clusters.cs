using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces;

/// <summary>Groups faces of not yet known persons.</summary>
public static class Clusters
{
    /// <summary>Mean distance under which two groups are one person. Connected components collapse with size, average link does not.</summary>
    public const float AverageLink = 0.345f;

    /// <summary>
    /// Average-link clustering: joins the two groups with the smallest mean distance until it reaches the threshold.
    /// Time and memory grow with the square of the number of faces (4,000 faces: 64 MB).
    /// </summary>
    /// <returns>For each face the number of its group, 0, 1, 2 ... in the order of first appearance.</returns>
    public static int[] Of(IReadOnlyList<Embedding> faces, float threshold = AverageLink)
    {
        var groups = new AverageLinkage(faces);
        var parent = Enumerable.Range(0, faces.Count).ToArray();
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

using System.Numerics.Tensors;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces.Clustering;

/// <summary>A cluster in memory. Immutable: a change creates a new one, so that a discarded plan leaves no trace.</summary>
internal sealed class OpenCluster
{
    public static readonly IComparer<OpenCluster> OldestFirst = Comparer<OpenCluster>.Create((one, other) =>
        one.FoundedAt != other.FoundedAt ? one.FoundedAt.CompareTo(other.FoundedAt) : string.CompareOrdinal(one.Id.Value, other.Id.Value));

    private readonly float[] _centre;
    private readonly HashSet<PhotoId> _photos;

    public OpenCluster(ClusterId id, long foundedAt, IReadOnlyList<ClusterFace> faces)
    {
        (Id, FoundedAt, Faces) = (id, foundedAt, faces);
        _photos = [.. faces.Select(face => face.Photo)];
        _centre = new float[faces[0].Embedding.Values.Length];
        foreach (var face in faces)
            TensorPrimitives.Add(_centre, face.Embedding.Values, _centre);
        TensorPrimitives.Divide(_centre, faces.Count, _centre);
    }

    public ClusterId Id { get; }

    /// <summary>Milliseconds since 1970 (UTC).</summary>
    public long FoundedAt { get; }

    /// <summary>In the order in which they joined.</summary>
    public IReadOnlyList<ClusterFace> Faces { get; }

    public bool Shows(PhotoId photo) => _photos.Contains(photo);

    public OpenCluster With(IEnumerable<ClusterFace> faces) => new(Id, FoundedAt, [.. Faces, .. faces]);

    /// <summary>The link between the cluster and a face; null if it is not below the limit.</summary>
    public float? LinkTo(ClusterFace face, float limit)
    {
        // The mean of the distances is at least the distance to the mean, so the centre gives a cheap lower bound.
        if (TensorPrimitives.Distance(_centre, face.Embedding.Values) >= limit)
            return null;
        return Under(limit, AverageLinkage.Link(SumTo(face.Embedding) / Faces.Count, _photos.Contains(face.Photo) ? 1 : 0, Faces.Count, 1));
    }

    /// <summary>The link between two clusters; null if it is not below the limit.</summary>
    public float? LinkTo(OpenCluster other, float limit)
    {
        if (TensorPrimitives.Distance(_centre, other._centre) >= limit)
            return null;
        var mean = other.Faces.Sum(face => (double)SumTo(face.Embedding)) / ((double)Faces.Count * other.Faces.Count);
        return Under(limit, AverageLinkage.Link((float)mean, other.Faces.Count(face => Shows(face.Photo)), Faces.Count, other.Faces.Count));
    }

    private static float? Under(float limit, float link) => link < limit ? link : null;

    private float SumTo(Embedding face)
    {
        var sum = 0f;
        for (var i = 0; i < Faces.Count; i++)
            sum += Faces[i].Embedding.DistanceTo(face);
        return sum;
    }
}

using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces.Clustering;

/// <summary>The link distances between all groups of faces and the nearest neighbour of each. Merging two groups updates both.</summary>
internal sealed class AverageLinkage
{
    private readonly float[][] _distance;
    private readonly ushort[][]? _together;
    private readonly int[] _size;
    private readonly int[] _nearest;

    /// <param name="faces">Each face starts as its own group.</param>
    /// <param name="inOnePhoto">Whether two faces are from the same photo; null if every face is from a different photo.</param>
    public AverageLinkage(IReadOnlyList<Embedding> faces, Func<int, int, bool>? inOnePhoto = null)
    {
        _size = Enumerable.Repeat(1, faces.Count).ToArray();
        _distance = Matrix<float>(faces.Count);
        _together = inOnePhoto is null ? null : Matrix<ushort>(faces.Count);
        for (var i = 0; i < faces.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                _distance[i][j] = _distance[j][i] = faces[i].DistanceTo(faces[j]);
                if (_together is not null && inOnePhoto!(i, j))
                    _together[i][j] = _together[j][i] = 1;
            }
        }

        _nearest = [.. Enumerable.Range(0, faces.Count).Select(FindNearest)];
    }

    /// <summary>
    /// The link distance of two groups: their mean distance, plus up to <see cref="Clusters.SeenTogether"/> if they appear in the same
    /// photos.
    /// </summary>
    /// <param name="together">Number of pairs, one face from each group, that are from the same photo.</param>
    public static float Link(float distance, int together, int size, int otherSize) =>
        together == 0 ? distance : distance + (Clusters.SeenTogether * Math.Min(1, together / (float)Math.Min(size, otherSize)));

    /// <summary>Merges the nearest pair until no pair is nearer than the threshold; yields (kept, merged) for each merge.</summary>
    public IEnumerable<(int Keep, int Gone)> Merges(float threshold)
    {
        while (ClosestPair() is var (a, b) && a >= 0 && Link(a, b) < threshold)
        {
            var (keep, gone) = (Math.Min(a, b), Math.Max(a, b));
            Merge(keep, gone);
            yield return (keep, gone);
        }
    }

    private static T[][] Matrix<T>(int size) => [.. Enumerable.Range(0, size).Select(_ => new T[size])];

    private float Link(int a, int b) => _together is null ? _distance[a][b] : Link(_distance[a][b], _together[a][b], _size[a], _size[b]);

    private (int A, int B) ClosestPair()
    {
        var best = (A: -1, B: -1);
        for (var i = 0; i < _size.Length; i++)
        {
            if (_nearest[i] >= 0 && (best.A < 0 || Link(i, _nearest[i]) < Link(best.A, best.B)))
                best = (i, _nearest[i]);
        }

        return best;
    }

    private void Merge(int keep, int gone)
    {
        var total = (float)(_size[keep] + _size[gone]);
        for (var other = 0; other < _size.Length; other++)
        {
            if (_size[other] > 0 && other != keep && other != gone)
            {
                var mean = ((_distance[keep][other] * _size[keep]) + (_distance[gone][other] * _size[gone])) / total;
                _distance[keep][other] = _distance[other][keep] = mean;
                if (_together is not null)
                    _together[keep][other] = _together[other][keep] = (ushort)Math.Min(ushort.MaxValue, _together[keep][other] + _together[gone][other]);
            }
        }

        (_size[keep], _size[gone], _nearest[gone]) = ((int)total, 0, -1);
        for (var other = 0; other < _size.Length; other++)
        {
            if (_size[other] == 0)
                continue;
            if (other == keep || _nearest[other] == keep || _nearest[other] == gone)
                _nearest[other] = FindNearest(other);
            else if (_nearest[other] < 0 || Link(other, keep) < Link(other, _nearest[other]))
                _nearest[other] = keep;
        }
    }

    private int FindNearest(int group)
    {
        var best = -1;
        for (var other = 0; other < _size.Length; other++)
        {
            if (other != group && _size[other] > 0 && (best < 0 || Link(group, other) < Link(group, best)))
                best = other;
        }

        return best;
    }
}

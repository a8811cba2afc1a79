using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces;

/// <summary>The mean distances between all groups, and who is nearest to whom; merging two groups updates both.</summary>
internal sealed class AverageLinkage
{
    private readonly float[][] _distance;
    private readonly int[] _size;
    private readonly int[] _nearest;

    public AverageLinkage(IReadOnlyList<Embedding> faces)
    {
        _size = Enumerable.Repeat(1, faces.Count).ToArray();
        _distance = new float[faces.Count][];
        for (var i = 0; i < faces.Count; i++)
        {
            _distance[i] = new float[faces.Count];
            for (var j = 0; j < i; j++)
                _distance[i][j] = _distance[j][i] = faces[i].DistanceTo(faces[j]);
        }

        _nearest = [.. Enumerable.Range(0, faces.Count).Select(FindNearest)];
    }

    /// <summary>Merges groups, the nearest pair first, until none is nearer than the threshold; yields (kept, gone) for each merge.</summary>
    public IEnumerable<(int Keep, int Gone)> Merges(float threshold)
    {
        while (ClosestPair() is var (a, b) && a >= 0 && _distance[a][b] < threshold)
        {
            var (keep, gone) = (Math.Min(a, b), Math.Max(a, b));
            Merge(keep, gone);
            yield return (keep, gone);
        }
    }

    private (int A, int B) ClosestPair()
    {
        var best = (A: -1, B: -1);
        for (var i = 0; i < _size.Length; i++)
        {
            if (_nearest[i] >= 0 && (best.A < 0 || _distance[i][_nearest[i]] < _distance[best.A][best.B]))
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
            }
        }

        (_size[keep], _size[gone], _nearest[gone]) = ((int)total, 0, -1);
        for (var other = 0; other < _size.Length; other++)
        {
            if (_size[other] == 0)
                continue;
            if (other == keep || _nearest[other] == keep || _nearest[other] == gone)
                _nearest[other] = FindNearest(other);
            else if (_nearest[other] < 0 || _distance[other][keep] < _distance[other][_nearest[other]])
                _nearest[other] = keep;
        }
    }

    private int FindNearest(int group)
    {
        var best = -1;
        for (var other = 0; other < _size.Length; other++)
        {
            if (other != group && _size[other] > 0 && (best < 0 || _distance[group][other] < _distance[group][best]))
                best = other;
        }

        return best;
    }
}

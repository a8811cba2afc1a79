using System.Numerics.Tensors;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>
/// The reference vectors of a collection's users, one row each in one block of memory. Search is exact. Immutable: a change creates a new
/// index, so that readers need no lock.
/// </summary>
internal sealed class VectorIndex
{
    private readonly PersonId[] _users;
    private readonly float[] _rows;
    private readonly int _length;

    private VectorIndex(PersonId[] users, float[] rows, int length, long version) =>
        (_users, _rows, _length, Version) = (users, rows, length, version);

    public static VectorIndex Empty { get; } = new([], [], 0, 0);

    /// <summary>The version of the collection when its rows were read.</summary>
    public long Version { get; }

    /// <summary>Number of users in the index.</summary>
    public int Count => _users.Length;

    /// <summary>A copy of the index in which each listed user has the given vector; null removes the user.</summary>
    /// <param name="changes">The users whose vectors changed.</param>
    /// <param name="version">The collection's version with the changes.</param>
    /// <exception cref="ArgumentException">A vector has another length than the others.</exception>
    public VectorIndex With(IReadOnlyDictionary<PersonId, Embedding?> changes, long version = 0)
    {
        var added = changes.Where(change => change.Value is not null).ToArray();
        var kept = Enumerable.Range(0, Count).Where(row => !changes.ContainsKey(_users[row])).ToArray();
        if (kept.Length + added.Length == 0)
            return new VectorIndex([], [], 0, version);

        var length = added.Length > 0 ? added[0].Value!.Values.Length : _length;
        if (added.Any(one => one.Value!.Values.Length != length) || (kept.Length > 0 && length != _length))
            throw new ArgumentException("The vectors of a collection must have the same length; these come from different models.", nameof(changes));

        var rows = new float[(kept.Length + added.Length) * length];
        for (var row = 0; row < kept.Length; row++)
            Row(kept[row]).CopyTo(rows.AsSpan(row * length));
        for (var row = 0; row < added.Length; row++)
            added[row].Value!.Values.CopyTo(rows.AsSpan((kept.Length + row) * length));

        return new VectorIndex([.. kept.Select(row => _users[row]), .. added.Select(one => one.Key)], rows, length, version);
    }

    /// <summary>The users nearest to the face with their Euclidean distances (0..2), nearest first.</summary>
    /// <param name="face">Computed by the same model.</param>
    /// <param name="most">Maximum number of users.</param>
    public IReadOnlyList<(PersonId User, float Distance)> Nearest(Embedding face, int most)
    {
        var found = new NearestRows(Math.Min(most, Count));
        for (var row = 0; row < Count; row++)
            found.Offer(row, TensorPrimitives.Dot(face.Values, Row(row)));

        // For unit vectors the dot product gives the same order as the distance, but loses precision when they are nearly equal.
        return [.. found.Rows.Select(row => (_users[row], TensorPrimitives.Distance(face.Values, Row(row)))).OrderBy(match => match.Item2)];
    }

    private ReadOnlySpan<float> Row(int row) => _rows.AsSpan(row * _length, _length);
}

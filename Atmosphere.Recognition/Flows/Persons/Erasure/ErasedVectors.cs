using System.Collections.Concurrent;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>What an erasure searches for at its end. In memory alone: after a restart there is less to search for, and nothing to find.</summary>
internal sealed class ErasedVectors
{
    private readonly ConcurrentDictionary<ErasureId, Searched> _kept = new();

    public void Keep(ErasureId erasure, CollectionId collection, PersonId person, IReadOnlyList<Embedding> vectors) =>
        _kept[erasure] = new Searched(collection, person, vectors, []);

    public void Keep(ErasureId erasure, IReadOnlyList<MediaKey> files)
    {
        if (_kept.TryGetValue(erasure, out var kept))
            _kept[erasure] = kept with { Files = files };
    }

    /// <returns>Null after a restart.</returns>
    public Searched? Find(ErasureId erasure) => _kept.GetValueOrDefault(erasure);

    public void Forget(ErasureId erasure) => _ = _kept.TryRemove(erasure, out _);

    /// <param name="Files">That were deleted.</param>
    internal sealed record Searched(CollectionId Collection, PersonId Person, IReadOnlyList<Embedding> Vectors, IReadOnlyList<MediaKey> Files);
}

using System.Collections.Concurrent;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Keeps, in memory only, what the verification of an erasure searches for. After a restart only ids are searched.</summary>
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

    /// <param name="Files">The deleted files.</param>
    internal sealed record Searched(CollectionId Collection, PersonId Person, IReadOnlyList<Embedding> Vectors, IReadOnlyList<MediaKey> Files);
}

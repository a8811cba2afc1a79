using System.Collections.Concurrent;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>
/// The collections in memory: read from the database on the first search, replaced when a change is committed. Searches take no lock. One
/// program owns the database at a time; changes by another program are seen after a restart.
/// </summary>
internal sealed class VectorIndexes(Database database, string model) : IDisposable
{
    private readonly ConcurrentDictionary<CollectionId, VectorIndex> _loaded = new();
    private readonly SemaphoreSlim _changing = new(1, 1);

    /// <summary>The collection as of the last commit.</summary>
    public async ValueTask<VectorIndex> GetAsync(CollectionId collection, CancellationToken cancellation)
    {
        if (_loaded.TryGetValue(collection, out var loaded))
            return loaded;

        // A load must not finish after a concurrent change and overwrite it with older rows.
        await _changing.WaitAsync(cancellation);
        try
        {
            if (_loaded.TryGetValue(collection, out loaded))
                return loaded;
            return _loaded[collection] = await database.ReadAsync(
                async session =>
                {
                    await RequireAsync(session, collection, model);
                    return VectorIndex.Empty.With(
                        await CollectionTables.ReferencesAsync(session, collection), await CollectionTables.VersionAsync(session, collection));
                },
                cancellation);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Commits a change, then makes it visible to searches.</summary>
    /// <param name="change">Returns the users whose faces it changed.</param>
    public async Task ChangeAsync(
        CollectionId collection, Func<Session, Task<IReadOnlyCollection<PersonId>>> change, CancellationToken cancellation)
    {
        await _changing.WaitAsync(cancellation);
        try
        {
            var (references, version) = await database.WriteAsync(
                async session =>
                {
                    var changed = await ReferencesOfAsync(session, collection, await change(session));
                    return (changed, changed.Count > 0 ? await CollectionTables.NextVersionAsync(session, collection) : 0);
                },
                cancellation);
            if (_loaded.TryGetValue(collection, out var loaded) && references.Count > 0)
                _loaded[collection] = loaded.With(references, version);
        }
        catch
        {
            // The commit may or may not have happened: read the collection again.
            _loaded.TryRemove(collection, out _);
            throw;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Removes a deleted collection from memory.</summary>
    public void Forget(CollectionId collection) => _loaded.TryRemove(collection, out _);

    /// <exception cref="CollectionNotFoundException">There is no such collection.</exception>
    /// <exception cref="ModelChangedException">Its model is not <paramref name="model"/>, if one is given.</exception>
    public static async Task RequireAsync(Session session, CollectionId collection, string? model = null)
    {
        var stored = await CollectionTables.ModelAsync(session, collection) ?? throw new CollectionNotFoundException(collection);
        if (model is not null && stored != model)
            throw new ModelChangedException(collection, stored, model);
    }

    public void Dispose() => _changing.Dispose();

    private static async Task<Dictionary<PersonId, Embedding?>> ReferencesOfAsync(
        Session session, CollectionId collection, IReadOnlyCollection<PersonId> users)
    {
        var references = new Dictionary<PersonId, Embedding?>();
        foreach (var user in users)
            references[user] = (await CollectionTables.ReferencesAsync(session, collection, user)).GetValueOrDefault(user);
        return references;
    }
}

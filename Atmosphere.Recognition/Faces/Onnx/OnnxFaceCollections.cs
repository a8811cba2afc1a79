using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>Face collections in the database, searched in memory: exact, 0.1 ms per face with thousands of users.</summary>
/// <param name="model">Hash of the engine's model: <see cref="IFaceEngine.Model"/>.</param>
/// <param name="ofGroups">
/// Each collection belongs to a group and is created only while the group exists, so that a late call cannot bring back a deleted
/// collection.
/// </param>
/// <param name="clock">Says when a face is learned; null: the system's.</param>
internal sealed class OnnxFaceCollections(Database database, FaceNaming naming, string model, bool ofGroups = false, TimeProvider? clock = null) : IFaceCollections, IDisposable
{
    private const int MaxMatches = 5;
    private const int MaxFacesOfUser = 100;

    private readonly VectorIndexes _indexes = new(database, model);

    public Task CreateCollectionAsync(CollectionId collection, CancellationToken cancellation) =>
        _indexes.ChangeAsync(
            collection,
            async session =>
            {
                await CollectionTables.CreateAsync(session, collection, model, ofGroups);
                await VectorIndexes.RequireAsync(session, collection, model);
                return [];
            },
            cancellation);

    public async Task DeleteCollectionAsync(CollectionId collection, CancellationToken cancellation)
    {
        await _indexes.ChangeAsync(
            collection,
            async session =>
            {
                await CollectionTables.DeleteAsync(session, collection);
                _indexes.Forget(collection);
                return [];
            },
            cancellation);
        await database.TruncateLogAsync(cancellation);
    }

    public Task CreateUserAsync(CollectionId collection, PersonId user, CancellationToken cancellation) =>
        _indexes.ChangeAsync(
            collection,
            async session =>
            {
                await VectorIndexes.RequireAsync(session, collection);
                await CollectionTables.AddUserAsync(session, collection, user);
                return [];
            },
            cancellation);

    public Task DeleteUserAsync(CollectionId collection, PersonId user, CancellationToken cancellation) =>
        _indexes.ChangeAsync(
            collection,
            async session =>
            {
                await VectorIndexes.RequireAsync(session, collection);
                return await CollectionTables.DeleteUserAsync(session, collection, user) ? [user] : [];
            },
            cancellation);

    public Task IndexFacesAsync(CollectionId collection, IReadOnlyList<FaceToIndex> faces, CancellationToken cancellation) =>
        _indexes.ChangeAsync(
            collection,
            async session =>
            {
                await VectorIndexes.RequireAsync(session, collection, model);
                foreach (var face in faces)
                    await CollectionTables.InsertAsync(session, collection, face.Face, face.Embedding, (clock ?? TimeProvider.System).GetUtcNow());
                return [];
            },
            cancellation);

    public Task AssociateFacesAsync(
        CollectionId collection, PersonId user, IReadOnlyList<FaceId> faces, CancellationToken cancellation) =>
        _indexes.ChangeAsync(
            collection,
            async session =>
            {
                await VectorIndexes.RequireAsync(session, collection);
                await RequireAssociableAsync(session, collection, user, faces);
                await CollectionTables.GiveAsync(session, collection, user, faces);
                return [user];
            },
            cancellation);

    public Task DisassociateFacesAsync(
        CollectionId collection, PersonId user, IReadOnlyList<FaceId> faces, CancellationToken cancellation) =>
        _indexes.ChangeAsync(
            collection,
            async session =>
            {
                await VectorIndexes.RequireAsync(session, collection);
                var owners = await CollectionTables.UsersOfAsync(session, collection, faces);
                await CollectionTables.GiveAsync(session, collection, null, [.. faces.Where(face => owners.GetValueOrDefault(face) == user)]);
                return [user];
            },
            cancellation);

    public async Task<FaceSearch> SearchUsersByImageAsync(CollectionId collection, Embedding face, CancellationToken cancellation)
    {
        var index = await _indexes.GetAsync(collection, cancellation);
        // Operators change the kind beside the server, so it is read each time.
        var (group, nearest) = (new GroupId(collection.Value), index.Nearest(face, MaxMatches));
        return await database.ReadAsync(
            async session =>
            {
                var search = naming.Decide(await GroupTable.KindAsync(session, group), nearest) with { CollectionVersion = index.Version };
                var isDoubtful = search.Verdict == MatchVerdict.Named && await IsLikeStrangerAsync(session, group, face, nearest[0]);
                return isDoubtful ? search with { Verdict = MatchVerdict.Uncertain } : search;
            },
            cancellation);
    }

    public async Task<long> VersionAsync(CollectionId collection, CancellationToken cancellation)
    {
        try
        {
            return (await _indexes.GetAsync(collection, cancellation)).Version;
        }
        catch (CollectionNotFoundException)
        {
            return 0;
        }
    }

    public Task<IReadOnlyList<FaceRecord>> ListFacesAsync(CollectionId collection, PersonId? user, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<FaceRecord>>(
            async session =>
            {
                await VectorIndexes.RequireAsync(session, collection);
                return [.. (await CollectionTables.FacesAsync(session, collection, user)).Select(face => new FaceRecord(face.Face, face.User))];
            },
            cancellation);

    public async Task DeleteFacesAsync(CollectionId collection, IReadOnlyList<FaceId> faces, CancellationToken cancellation)
    {
        await _indexes.ChangeAsync(
            collection,
            async session =>
            {
                await VectorIndexes.RequireAsync(session, collection);
                var owners = await CollectionTables.UsersOfAsync(session, collection, faces);
                await CollectionTables.DeleteFacesAsync(session, collection, faces);
                return [.. owners.Values.OfType<PersonId>().Distinct()];
            },
            cancellation);
        await database.TruncateLogAsync(cancellation);
    }

    public void Dispose() => _indexes.Dispose();

    /// <summary>Whether somebody who is known not to be the nearest user is nearer, or not clearly further away.</summary>
    private async Task<bool> IsLikeStrangerAsync(Session session, GroupId group, Embedding face, (PersonId User, float Distance) nearest) =>
        (await KnownStrangers.OfAsync(session, group, nearest.User, model)).Any(stranger => naming.IsRival(nearest.Distance, face.DistanceTo(Embedding.Mean(stranger))));

    private static async Task RequireAssociableAsync(Session session, CollectionId collection, PersonId user, IReadOnlyList<FaceId> faces)
    {
        if (!await CollectionTables.HasUserAsync(session, collection, user))
            throw new AssociationRefusedException(collection, user, "there is no such user; create it first.");

        var owners = await CollectionTables.UsersOfAsync(session, collection, faces);
        foreach (var face in faces)
        {
            if (!owners.TryGetValue(face, out var owner))
                throw new AssociationRefusedException(collection, user, $"face '{face}' is not in the collection; index it first.");
            if (owner is not null && owner != user)
                throw new AssociationRefusedException(collection, user, $"face '{face}' belongs to user '{owner}'; disassociate it first.");
        }

        var all = (await CollectionTables.FacesAsync(session, collection, user)).Select(face => face.Face).Union(faces).Count();
        if (all > MaxFacesOfUser)
        {
            throw new AssociationRefusedException(
                collection, user, $"it would have {all} faces, and a user has at most {MaxFacesOfUser}; delete older ones first.");
        }
    }
}

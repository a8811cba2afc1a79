using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The tables of the face collections.</summary>
internal static class CollectionTables
{
    public static Task<string?> ModelAsync(Session session, CollectionId collection) =>
        session.QuerySingleOrDefaultAsync<string>("SELECT model FROM collections WHERE id = @Value", collection);

    public static Task<long> VersionAsync(Session session, CollectionId collection) =>
        session.QuerySingleOrDefaultAsync<long>("SELECT version FROM collections WHERE id = @Value", collection);

    /// <summary>Increments the collection's version after a change that can affect searches.</summary>
    /// <returns>The new version.</returns>
    public static async Task<long> NextVersionAsync(Session session, CollectionId collection)
    {
        _ = await session.ExecuteAsync("UPDATE collections SET version = version + 1 WHERE id = @Value", collection);
        return await VersionAsync(session, collection);
    }

    public static async Task<bool> HasUserAsync(Session session, CollectionId collection, PersonId user) =>
        await session.QuerySingleOrDefaultAsync<string>(
            "SELECT user_id FROM collection_users WHERE collection_id = @collection AND user_id = @user",
            new { collection = collection.Value, user = user.Value }) is not null;

    /// <returns>The user of each face, null if it has none; faces that are not in the collection are left out.</returns>
    public static async Task<IReadOnlyDictionary<FaceId, PersonId?>> UsersOfAsync(
        Session session, CollectionId collection, IReadOnlyCollection<FaceId> faces)
    {
        var rows = await session.QueryAsync<FaceRow>(
            "SELECT face_id AS Face, user_id AS User FROM collection_faces WHERE collection_id = @collection AND face_id IN @faces",
            new { collection = collection.Value, faces = faces.Select(face => face.Value) });
        return rows.ToDictionary(row => new FaceId(row.Face), row => Person(row.User));
    }

    public static async Task<IReadOnlyList<(FaceId Face, PersonId? User)>> FacesAsync(Session session, CollectionId collection, PersonId? user)
    {
        var rows = await session.QueryAsync<FaceRow>(
            "SELECT face_id AS Face, user_id AS User FROM collection_faces WHERE collection_id = @collection"
                + (user is null ? "" : " AND user_id = @user") + " ORDER BY position",
            new { collection = collection.Value, user = user?.Value });
        return [.. rows.Select(row => (new FaceId(row.Face), Person(row.User)))];
    }

    public static Task InsertAsync(Session session, CollectionId collection, FaceId face, Embedding vector, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO collection_faces (collection_id, face_id, position, vector, learned_at)
            SELECT @collection, @face, COALESCE(MAX(position), 0) + 1, @vector, @at FROM collection_faces WHERE collection_id = @collection
            ON CONFLICT (collection_id, face_id) DO NOTHING
            """,
            new { collection = collection.Value, face = face.Value, vector = vector.ToBytes(), at = now.ToUnixTimeMilliseconds() });

    public static Task GiveAsync(Session session, CollectionId collection, PersonId? user, IReadOnlyCollection<FaceId> faces) =>
        session.ExecuteAsync(
            "UPDATE collection_faces SET user_id = @user WHERE collection_id = @collection AND face_id IN @faces",
            new { collection = collection.Value, user = user?.Value, faces = faces.Select(face => face.Value) });

    /// <summary>
    /// The reference vector of each user: the normalised mean of its faces, where <see cref="FadingFaces"/> weighs them. Users without faces are
    /// left out.
    /// </summary>
    public static async Task<Dictionary<PersonId, Embedding?>> ReferencesAsync(
        Session session, CollectionId collection, PersonId? user = null)
    {
        var rows = await session.QueryAsync<VectorRow>(
            "SELECT user_id AS User, vector AS Vector, learned_at AS LearnedAt FROM collection_faces WHERE collection_id = @collection"
                + (user is null ? " AND user_id IS NOT NULL" : " AND user_id = @user") + " ORDER BY position",
            new { collection = collection.Value, user = user?.Value });
        var kind = await GroupTable.KindAsync(session, new GroupId(collection.Value));
        return rows.GroupBy(row => row.User).ToDictionary(rowsOfUser => new PersonId(rowsOfUser.Key), rowsOfUser => ReferenceOf(kind, [.. rowsOfUser]));
    }

    private static PersonId? Person(string? user) => user is null ? null : new PersonId(user);

    /// <summary>Creates a collection with a version above that of any earlier collection of the same id. An existing one stays.</summary>
    /// <param name="ofGroup">True: only if the group of that id is active.</param>
    public static Task CreateAsync(Session session, CollectionId collection, string model, bool ofGroup) =>
        session.ExecuteAsync(
            """
            INSERT INTO collections (id, model, version)
            SELECT @id, @model, (SELECT COALESCE(MAX(collection_version), 0) + 1 FROM searches)
            WHERE NOT EXISTS (SELECT 1 FROM collections WHERE id = @id)
                AND (@any = 1 OR EXISTS (SELECT 1 FROM groups WHERE id = @id AND erasing = 0))
            ON CONFLICT (id) DO NOTHING
            """,
            new { id = collection.Value, model, any = ofGroup ? 0 : 1 });

    public static async Task DeleteAsync(Session session, CollectionId collection)
    {
        _ = await session.ExecuteAsync("DELETE FROM next_learned WHERE face_id IN (SELECT face_id FROM collection_faces WHERE collection_id = @Value)", collection);
        _ = await session.ExecuteAsync("DELETE FROM collection_faces WHERE collection_id = @Value", collection);
        _ = await session.ExecuteAsync("DELETE FROM collection_users WHERE collection_id = @Value", collection);
        _ = await session.ExecuteAsync("DELETE FROM collections WHERE id = @Value", collection);
    }

    public static Task AddUserAsync(Session session, CollectionId collection, PersonId user) =>
        session.ExecuteAsync(
            "INSERT INTO collection_users (collection_id, user_id) VALUES (@collection, @user) ON CONFLICT (collection_id, user_id) DO NOTHING",
            new { collection = collection.Value, user = user.Value });

    /// <summary>Deletes a user; its faces stay without a user.</summary>
    /// <returns>False if there is no such user.</returns>
    public static async Task<bool> DeleteUserAsync(Session session, CollectionId collection, PersonId user)
    {
        var keys = new { collection = collection.Value, user = user.Value };
        var changed = await session.ExecuteAsync("UPDATE collection_faces SET user_id = NULL WHERE collection_id = @collection AND user_id = @user", keys);
        return changed + await session.ExecuteAsync("DELETE FROM collection_users WHERE collection_id = @collection AND user_id = @user", keys) > 0;
    }

    public static async Task DeleteFacesAsync(Session session, CollectionId collection, IEnumerable<FaceId> faces)
    {
        var keys = new { collection = collection.Value, faces = faces.Select(face => face.Value).ToList() };
        _ = await session.ExecuteAsync("DELETE FROM next_learned WHERE face_id IN @faces", keys);
        _ = await session.ExecuteAsync("DELETE FROM collection_faces WHERE collection_id = @collection AND face_id IN @faces", keys);
    }

    private sealed record FaceRow(string Face, string? User);

    private static Embedding? ReferenceOf(GroupKind kind, IReadOnlyList<VectorRow> rows)
    {
        var newest = rows.Max(row => row.LearnedAt);
        return Embedding.Mean([.. rows.Select(row => (Embedding.FromBytes(row.Vector), FadingFaces.WeightOf(kind, row.LearnedAt, newest)))]);
    }

    private sealed record VectorRow(string User, byte[] Vector, long LearnedAt);
}

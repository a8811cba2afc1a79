using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table erasures, and the rows that an erasure needs until it ends.</summary>
internal static class ErasureTable
{
    /// <param name="kind">person, participant or group.</param>
    /// <param name="collection">For a person: the collection where it is learned.</param>
    public static Task BeginAsync(Session session, ErasureId erasure, string kind, CollectionId? collection, DateTimeOffset now) =>
        session.ExecuteAsync(
            "INSERT INTO erasures (id, kind, state, collection_id, asked_at) VALUES (@erasure, @kind, 'asked', @collection, @at) ON CONFLICT (id) DO NOTHING",
            new { erasure, kind, collection, at = now.ToUnixTimeMilliseconds() });

    /// <summary>Ends all erasures of a deleted group: everything that was to be erased in it is gone.</summary>
    public static async Task EndAllAsync(Session session, CollectionId collection, DateTimeOffset now)
    {
        var row = new { collection, at = now.ToUnixTimeMilliseconds() };
        foreach (var table in (string[])["erasure_faces", "erasure_photo_faces"])
        {
            _ = await session.ExecuteAsync(
                $"DELETE FROM {table} WHERE erasure_id IN (SELECT id FROM erasures WHERE collection_id = @collection AND state <> 'erased')", row);
        }

        _ = await session.ExecuteAsync(
            "UPDATE erasures SET state = 'erased', ended_at = @at, left_over = 0, error = NULL WHERE collection_id = @collection AND state <> 'erased'", row);
        // The collection id is a name chosen by an operator, so it is cleared as well.
        _ = await session.ExecuteAsync("UPDATE erasures SET collection_id = NULL WHERE collection_id = @collection", row);
    }

    /// <summary>Records the faces that the engine must delete, before their rows are deleted.</summary>
    public static async Task KeepAsync(Session session, ErasureId erasure, CollectionId collection, IEnumerable<FaceId> faces)
    {
        foreach (var face in faces)
        {
            _ = await session.ExecuteAsync(
                "INSERT INTO erasure_faces (erasure_id, collection_id, face_id) VALUES (@erasure, @collection, @face) ON CONFLICT DO NOTHING",
                new { erasure, collection, face });
        }
    }

    /// <summary>Records the faces in photos that must be deleted.</summary>
    public static async Task KeepAsync(Session session, ErasureId erasure, IEnumerable<FaceInPhoto> faces)
    {
        foreach (var face in faces)
        {
            _ = await session.ExecuteAsync(
                "INSERT INTO erasure_photo_faces (erasure_id, face_id, photo_id) VALUES (@erasure, @FaceId, @PhotoId) ON CONFLICT DO NOTHING",
                new { erasure, face.FaceId, face.PhotoId });
        }
    }

    public static Task<IReadOnlyList<FaceId>> FacesAsync(Session session, ErasureId erasure) =>
        session.QueryAsync<FaceId>("SELECT face_id FROM erasure_faces WHERE erasure_id = @erasure", new { erasure });

    public static Task<IReadOnlyList<FaceInPhoto>> PhotoFacesAsync(Session session, ErasureId erasure) =>
        session.QueryAsync<FaceInPhoto>("SELECT face_id, photo_id FROM erasure_photo_faces WHERE erasure_id = @erasure", new { erasure });

    /// <returns>False if the step was done before and its messages were sent.</returns>
    public static async Task<bool> AdvanceAsync(Session session, ErasureId erasure, int step) =>
        await session.ExecuteAsync("UPDATE erasures SET step = @step WHERE id = @erasure AND step < @step", new { erasure, step }) > 0;

    /// <summary>Records that the engine has deleted the faces.</summary>
    public static async Task ConfirmAsync(Session session, ErasureId erasure)
    {
        var faces = await session.ExecuteAsync("DELETE FROM erasure_faces WHERE erasure_id = @erasure", new { erasure });
        _ = await session.ExecuteAsync(
            "UPDATE erasures SET state = 'engine-confirmed', faces_deleted = faces_deleted + @faces, error = NULL WHERE id = @erasure AND state <> 'erased'",
            new { erasure, faces });
    }

    /// <summary>Adds to the counts of deleted data.</summary>
    public static async Task CountAsync(Session session, ErasureId erasure, int rows, int files, int faces)
    {
        _ = await session.ExecuteAsync("DELETE FROM erasure_photo_faces WHERE erasure_id = @erasure", new { erasure });
        _ = await session.ExecuteAsync(
            "UPDATE erasures SET rows_deleted = rows_deleted + @rows, files_deleted = files_deleted + @files, faces_deleted = faces_deleted + @faces WHERE id = @erasure",
            new { erasure, rows, files, faces });
    }

    /// <param name="searched">everything or ids.</param>
    /// <returns>False if it had ended before.</returns>
    public static async Task<bool> EndAsync(Session session, ErasureId erasure, string searched, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "UPDATE erasures SET state = 'erased', ended_at = @at, searched = @searched, left_over = 0, error = NULL WHERE id = @erasure AND state <> 'erased'",
            new { erasure, searched, at = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Marks the erasure as incomplete: operators must act.</summary>
    /// <param name="error">A sentence without personal data.</param>
    public static async Task GiveUpAsync(Session session, ErasureId erasure, int leftOver, string error, DateTimeOffset now)
    {
        _ = await session.ExecuteAsync(
            "UPDATE erasures SET state = 'incomplete', left_over = @leftOver, error = @error WHERE id = @erasure AND state <> 'erased'",
            new { erasure, leftOver, error });
        await Notifications.AddAsync(session, NotificationKind.ErasureIncomplete, new PhotoId(erasure.Value), error, now);
    }

    public static Task<ErasureEntry?> FindAsync(Session session, ErasureId erasure) =>
        session.QuerySingleOrDefaultAsync<ErasureEntry>($"SELECT {Columns} FROM erasures WHERE id = @erasure", new { erasure });

    internal const string Columns = "id, kind, state, asked_at, ended_at, rows_deleted, files_deleted, faces_deleted, left_over, searched, error";

    /// <summary>The faces that the engine must still delete.</summary>
    public static Task<IReadOnlyList<KeptFace>> KeptAsync(Session session, ErasureId erasure) =>
        session.QueryAsync<KeptFace>("SELECT collection_id, face_id FROM erasure_faces WHERE erasure_id = @erasure", new { erasure });

    /// <summary>The erasures that have not ended.</summary>
    public static Task<IReadOnlyList<string>> OpenAsync(Session session) => session.QueryAsync<string>("SELECT id FROM erasures WHERE state <> 'erased'");

    /// <returns>Null if there is none.</returns>
    public static async Task<DateTimeOffset?> AskedAtAsync(Session session, ErasureId erasure) =>
        await session.QuerySingleOrDefaultAsync<long?>("SELECT asked_at FROM erasures WHERE id = @erasure", new { erasure }) is { } at
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : null;
}

/// <summary>A face of a collection.</summary>
internal sealed record KeptFace
{
    public CollectionId CollectionId { get; init; }

    public FaceId FaceId { get; init; }
}

/// <summary>The state of one erasure, without personal data.</summary>
public sealed record ErasureEntry
{
    public ErasureId Id { get; init; }

    /// <summary>person, participant or group.</summary>
    public string Kind { get; init; } = "";

    /// <summary>asked, engine-confirmed, erased or incomplete.</summary>
    public string State { get; init; } = "";

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public long AskedAt { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC; null while it is running.</summary>
    public long? EndedAt { get; init; }

    public int RowsDeleted { get; init; }

    public int FilesDeleted { get; init; }

    /// <summary>Learned faces and faces in photos.</summary>
    public int FacesDeleted { get; init; }

    /// <summary>The number of traces that the verification found.</summary>
    public int LeftOver { get; init; }

    /// <summary>
    /// everything: including the old face vectors and files; ids: only the ids in all tables, because a restart in between lost the rest;
    /// null while it is running.
    /// </summary>
    public string? Searched { get; init; }

    public string? Error { get; init; }
}

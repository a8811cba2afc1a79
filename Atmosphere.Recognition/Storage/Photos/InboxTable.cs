using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table inbox: received messages, to detect repeated ones.</summary>
internal static class InboxTable
{
    /// <summary>The outcome of a photo that was deleted because it showed no faces.</summary>
    public const string NoFaces = "no faces";

    /// <summary>The outcome of a photo whose author deleted its message for everyone.</summary>
    public const string Withdrawn = "withdrawn";

    private const string Refused = "refused";

    private const string Unnamed = "The photo";

    /// <summary>Records a received photo.</summary>
    /// <param name="fileName">The sender's name for the file; kept until the photo's row has it.</param>
    /// <returns>The photo id of the sender's message: the given one, or that of an earlier delivery.</returns>
    public static async Task<PhotoId> AddAsync(Session session, GroupId group, string sourceId, MediaKey media, string fileName, DateTimeOffset now)
    {
        _ = await session.ExecuteAsync(
            """
            INSERT INTO inbox (group_id, source_id, photo_id, media, file_name, received_at)
            VALUES (@group, @sourceId, @photo, @media, @fileName, @now)
            ON CONFLICT (group_id, source_id) DO NOTHING
            """,
            new { group, sourceId, photo = media.PhotoId(), media, fileName, now = now.ToUnixTimeMilliseconds() });
        return (await FindAsync(session, group, sourceId))!.Value;
    }

    public static Task<PhotoId?> FindAsync(Session session, GroupId group, string sourceId) =>
        session.QuerySingleOrDefaultAsync<PhotoId?>(
            "SELECT photo_id FROM inbox WHERE group_id = @group AND source_id = @sourceId", new { group, sourceId });

    /// <summary>Records the outcome of a photo whose rows are about to be deleted.</summary>
    public static Task EndAsync(Session session, PhotoId photo, string outcome) =>
        session.ExecuteAsync(
            """
            UPDATE inbox SET outcome = @outcome
            WHERE group_id = (SELECT group_id FROM photos WHERE id = @photo) AND source_id = (SELECT source_id FROM photos WHERE id = @photo)
            """,
            new { photo, outcome });

    /// <summary>Records a photo whose file was refused before it was stored.</summary>
    /// <returns>False if the message is known already.</returns>
    public static async Task<bool> AddRefusedAsync(Session session, GroupId group, string sourceId, PhotoId photo, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            INSERT INTO inbox (group_id, source_id, photo_id, outcome, received_at) VALUES (@group, @sourceId, @photo, @Refused, @now)
            ON CONFLICT (group_id, source_id) DO NOTHING
            """,
            new { group, sourceId, photo, Refused, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Records that the author withdrew a photo, also one that has not come yet: it is never taken then.</summary>
    /// <returns>The photo, and its file if it was not processed yet; null if it was withdrawn before.</returns>
    public static async Task<WithdrawnPhoto?> WithdrawAsync(Session session, GroupId group, string sourceId, DateTimeOffset now)
    {
        var known = await session.QuerySingleOrDefaultAsync<WithdrawnPhoto>(
            "SELECT photo_id, media, outcome FROM inbox WHERE group_id = @group AND source_id = @sourceId", new { group, sourceId });
        if (known?.Outcome == Withdrawn)
            return null;
        if (known is not null)
        {
            _ = await session.ExecuteAsync(
                "UPDATE inbox SET outcome = @Withdrawn, media = NULL, file_name = NULL WHERE group_id = @group AND source_id = @sourceId", new { group, sourceId, Withdrawn });
            return known;
        }

        var photo = await session.QuerySingleOrDefaultAsync<PhotoId?>(
            "SELECT id FROM photos WHERE group_id = @group AND source_id = @sourceId", new { group, sourceId }) ?? PhotoId.New();
        _ = await session.ExecuteAsync(
            "INSERT INTO inbox (group_id, source_id, photo_id, outcome, received_at) VALUES (@group, @sourceId, @photo, @Withdrawn, @now)",
            new { group, sourceId, photo, Withdrawn, now = now.ToUnixTimeMilliseconds() });
        return new WithdrawnPhoto { PhotoId = photo };
    }

    /// <summary>Hands the file over to the photo's row. Also works for a photo that was sent straight to the queue.</summary>
    /// <returns>The sender's name for the file; null if it was handed over before.</returns>
    public static async Task<string?> TakeAsync(Session session, GroupId group, string sourceId, MediaKey media, DateTimeOffset now)
    {
        var row = new { group, sourceId, photo = media.PhotoId(), now = now.ToUnixTimeMilliseconds() };
        var fileName = await session.QuerySingleOrDefaultAsync<string>(
            "SELECT file_name FROM inbox WHERE group_id = @group AND source_id = @sourceId AND photo_id = @photo", row);
        var taken = await session.ExecuteAsync(
            """
            UPDATE inbox SET media = NULL, file_name = NULL
            WHERE group_id = @group AND source_id = @sourceId AND photo_id = @photo AND media IS NOT NULL
            """,
            row);
        taken += taken > 0 ? 0 : await session.ExecuteAsync(
            """
            INSERT INTO inbox (group_id, source_id, photo_id, received_at) VALUES (@group, @sourceId, @photo, @now)
            ON CONFLICT (group_id, source_id) DO NOTHING
            """,
            row);
        return taken > 0 ? fileName ?? Unnamed : null;
    }

    /// <summary>The received files of a group that were not processed yet.</summary>
    public static Task<IReadOnlyList<MediaKey>> FilesAsync(Session session, GroupId group) =>
        session.QueryAsync<MediaKey>("SELECT media FROM inbox WHERE group_id = @group AND media IS NOT NULL", new { group });

    /// <summary>Old entries, which are kept to detect repeated deliveries.</summary>
    public static DueRows Due { get; } = new("inbox", "received_at <= @before");

    /// <summary>Files received before a time that were never processed.</summary>
    public static Task<IReadOnlyList<MediaKey>> DueFilesAsync(Session session, DateTimeOffset before) =>
        session.QueryAsync<MediaKey>(
            "SELECT media FROM inbox WHERE media IS NOT NULL AND received_at <= @before", new { before = before.ToUnixTimeMilliseconds() });

    /// <summary>Clears the files that were received before a time and never processed.</summary>
    /// <returns>The files.</returns>
    public static async Task<IReadOnlyList<MediaKey>> LetFilesGoAsync(Session session, DateTimeOffset before)
    {
        var files = await DueFilesAsync(session, before);
        _ = await session.ExecuteAsync(
            "UPDATE inbox SET media = NULL, file_name = NULL WHERE media IS NOT NULL AND received_at <= @before", new { before = before.ToUnixTimeMilliseconds() });
        return files;
    }
}

/// <summary>A photo whose author withdrew it.</summary>
internal sealed record WithdrawnPhoto
{
    public PhotoId PhotoId { get; init; }

    /// <summary>Its file, if it was not processed yet.</summary>
    public MediaKey? Media { get; init; }

    public string? Outcome { get; init; }
}

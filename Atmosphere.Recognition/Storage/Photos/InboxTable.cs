using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of inbox: which messages of the outside were seen already.</summary>
internal static class InboxTable
{
    /// <summary>The outcome of a photo that showed nobody and is deleted.</summary>
    public const string NoFaces = "no faces";

    private const string Unnamed = "The photo";

    /// <summary>Remembers what came in.</summary>
    /// <param name="fileName">As the sender named it; kept until the photo's row has it.</param>
    /// <returns>The photo that the sender's message is: the given one, or that of an earlier delivery.</returns>
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

    /// <summary>The photo's rows are about to go; this is what stays of it.</summary>
    public static Task EndAsync(Session session, PhotoId photo, string outcome) =>
        session.ExecuteAsync(
            """
            UPDATE inbox SET outcome = @outcome
            WHERE group_id = (SELECT group_id FROM photos WHERE id = @photo) AND source_id = (SELECT source_id FROM photos WHERE id = @photo)
            """,
            new { photo, outcome });

    /// <summary>Hands the file over to the photo's row. Also for what came past the front door, straight into the queue.</summary>
    /// <returns>What the sender called it; null where it was handed over before.</returns>
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

    /// <summary>What came in for a group and was not looked at yet.</summary>
    public static Task<IReadOnlyList<MediaKey>> FilesAsync(Session session, GroupId group) =>
        session.QueryAsync<MediaKey>("SELECT media FROM inbox WHERE group_id = @group AND media IS NOT NULL", new { group });

    /// <summary>What came in, to know a repeated delivery.</summary>
    public static DueRows Due { get; } = new("inbox", "received_at <= @before");

    /// <summary>Files that nobody took in since then.</summary>
    public static Task<IReadOnlyList<MediaKey>> DueFilesAsync(Session session, DateTimeOffset before) =>
        session.QueryAsync<MediaKey>(
            "SELECT media FROM inbox WHERE media IS NOT NULL AND received_at <= @before", new { before = before.ToUnixTimeMilliseconds() });

    /// <summary>Nobody takes them in any more.</summary>
    /// <returns>The files.</returns>
    public static async Task<IReadOnlyList<MediaKey>> LetFilesGoAsync(Session session, DateTimeOffset before)
    {
        var files = await DueFilesAsync(session, before);
        _ = await session.ExecuteAsync(
            "UPDATE inbox SET media = NULL, file_name = NULL WHERE media IS NOT NULL AND received_at <= @before", new { before = before.ToUnixTimeMilliseconds() });
        return files;
    }
}

using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table group_files: photos of chat groups that must still be downloaded.</summary>
public static class GroupFileTable
{
    /// <summary>Photos that could not be downloaded in time.</summary>
    public static DueRows Due { get; } = new("group_files", "received_at <= @before");

    /// <param name="source">The photo's source id; the same id is the same photo.</param>
    /// <param name="file">JSON: the location of the file.</param>
    /// <param name="uploader">The sender; null if they never wrote to the bot.</param>
    /// <returns>The id of the row.</returns>
    public static async Task<string> AddAsync(Session session, GroupId group, string source, string file, ParticipantId? uploader, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7().ToString("N");
        await session.ExecuteAsync(
            "INSERT INTO group_files (id, group_id, source_id, file, uploader_id, received_at) VALUES (@id, @group, @source, @file, @uploader, @now)",
            new { id, group, source, file, uploader, now = now.ToUnixTimeMilliseconds() });
        return id;
    }

    /// <returns>Null if it is downloaded already or its group has ended.</returns>
    public static Task<GroupFileRow?> FindAsync(Session session, string id) =>
        session.QuerySingleOrDefaultAsync<GroupFileRow>(
            $"""
            SELECT f.group_id, f.source_id, f.file, f.uploader_id, g.channel FROM group_files f
            JOIN groups g ON g.id = f.group_id AND g.{Rules.GroupIsActive} AND g.address IS NOT NULL
            WHERE f.id = @id
            """,
            new { id });

    /// <summary>Removes a photo that is not to be downloaded any more.</summary>
    public static Task RemoveAsync(Session session, GroupId group, string source) =>
        session.ExecuteAsync("DELETE FROM group_files WHERE group_id = @group AND source_id = @source", new { group, source });

    /// <summary>Removes a downloaded photo.</summary>
    public static Task RemoveAsync(Session session, string id) => session.ExecuteAsync("DELETE FROM group_files WHERE id = @id", new { id });
}

/// <summary>A photo that must still be downloaded.</summary>
public sealed record GroupFileRow
{
    /// <summary>The group of the photo.</summary>
    public GroupId GroupId { get; init; }

    /// <summary>The carrier of the group.</summary>
    public string Channel { get; init; } = "";

    /// <summary>The photo's source id.</summary>
    public string SourceId { get; init; } = "";

    /// <summary>JSON: the location of the file.</summary>
    public string File { get; init; } = "";

    /// <summary>The sender; null if they never wrote to the bot.</summary>
    public ParticipantId? UploaderId { get; init; }
}

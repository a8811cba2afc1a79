using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of group_files: photos of chat groups that are still to be fetched.</summary>
public static class GroupFileTable
{
    /// <summary>Photos that nobody could fetch.</summary>
    public static DueRows Due { get; } = new("group_files", "received_at <= @before");

    /// <param name="source">The photo's source id: the same one is one photo.</param>
    /// <param name="file">JSON: where it is.</param>
    /// <param name="uploader">Who posted it; null where they never wrote to the bot.</param>
    /// <returns>The id of the row.</returns>
    public static async Task<string> AddAsync(Session session, GroupId group, string source, string file, ParticipantId? uploader, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7().ToString("N");
        await session.ExecuteAsync(
            "INSERT INTO group_files (id, group_id, source_id, file, uploader_id, received_at) VALUES (@id, @group, @source, @file, @uploader, @now)",
            new { id, group, source, file, uploader, now = now.ToUnixTimeMilliseconds() });
        return id;
    }

    /// <returns>Null where it is fetched already, or its group has ended.</returns>
    public static Task<GroupFileRow?> FindAsync(Session session, string id) =>
        session.QuerySingleOrDefaultAsync<GroupFileRow>(
            $"""
            SELECT f.group_id, f.source_id, f.file, f.uploader_id, g.channel FROM group_files f
            JOIN groups g ON g.id = f.group_id AND g.{Rules.GroupIsActive} AND g.address IS NOT NULL
            WHERE f.id = @id
            """,
            new { id });

    /// <summary>It is fetched.</summary>
    public static Task RemoveAsync(Session session, string id) => session.ExecuteAsync("DELETE FROM group_files WHERE id = @id", new { id });
}

/// <summary>A photo that is still to be fetched.</summary>
public sealed record GroupFileRow
{
    /// <summary>Whose photo it is.</summary>
    public GroupId GroupId { get; init; }

    /// <summary>Who carries the group.</summary>
    public string Channel { get; init; } = "";

    /// <summary>The photo's source id.</summary>
    public string SourceId { get; init; } = "";

    /// <summary>JSON: where it is.</summary>
    public string File { get; init; } = "";

    /// <summary>Who posted it; null where they never wrote to the bot.</summary>
    public ParticipantId? UploaderId { get; init; }
}

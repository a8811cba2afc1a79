using System.Text.Json;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Incoming.Groups;

/// <summary>Photos of chat groups that are still to be fetched.</summary>
internal static class GroupFiles
{
    /// <param name="source">The photo's source id: the same one is one photo.</param>
    /// <returns>The id of the row.</returns>
    public static async Task<string> AddAsync(
        Session session, GroupId group, string source, IncomingFile file, ParticipantId? uploader, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7().ToString("N");
        await session.ExecuteAsync(
            "INSERT INTO group_files (id, group_id, source_id, file, uploader_id, received_at) VALUES (@id, @group, @source, @file, @uploader, @now)",
            new { id, group, source, file = JsonSerializer.Serialize(file, JsonSerializerOptions.Web), uploader, now = now.ToUnixTimeMilliseconds() });
        return id;
    }

    /// <returns>Null where it is fetched already, or its group has ended.</returns>
    public static async Task<GroupFile?> FindAsync(Session session, string id)
    {
        var row = await session.QuerySingleOrDefaultAsync<Row>(
            """
            SELECT f.group_id, f.source_id, f.file, f.uploader_id, g.channel FROM group_files f
            JOIN groups g ON g.id = f.group_id AND g.ended_at IS NULL AND g.address IS NOT NULL
            WHERE f.id = @id
            """,
            new { id });
        return row is null
            ? null
            : new GroupFile(row.GroupId, row.Channel, row.SourceId, JsonSerializer.Deserialize<IncomingFile>(row.File, JsonSerializerOptions.Web)!, row.UploaderId);
    }

    public static Task RemoveAsync(Session session, string id) => session.ExecuteAsync("DELETE FROM group_files WHERE id = @id", new { id });

    private sealed record Row
    {
        public GroupId GroupId { get; init; }

        public string SourceId { get; init; } = "";

        public string File { get; init; } = "";

        public ParticipantId? UploaderId { get; init; }

        public string Channel { get; init; } = "";
    }
}

/// <param name="Group">Whose photo it is.</param>
/// <param name="Channel">Who carries it.</param>
/// <param name="Source">The photo's source id.</param>
/// <param name="File">Where it is.</param>
/// <param name="Uploader">Who posted it, where they ever wrote to the bot.</param>
internal sealed record GroupFile(GroupId Group, string Channel, string Source, IncomingFile File, ParticipantId? Uploader);

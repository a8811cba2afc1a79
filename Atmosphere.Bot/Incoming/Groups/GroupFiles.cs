using System.Text.Json;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Incoming.Groups;

/// <summary>Photos of chat groups that must still be downloaded.</summary>
internal static class GroupFiles
{
    /// <param name="source">The photo's source id; the same id is the same photo.</param>
    /// <returns>The id of the row.</returns>
    public static Task<string> AddAsync(Session session, GroupId group, string source, IncomingFile file, ParticipantId? uploader, DateTimeOffset now) =>
        GroupFileTable.AddAsync(session, group, source, JsonSerializer.Serialize(file, JsonSerializerOptions.Web), uploader, now);

    /// <returns>Null if it is downloaded already, or its group has ended.</returns>
    public static async Task<GroupFile?> FindAsync(Session session, string id) =>
        await GroupFileTable.FindAsync(session, id) is { } row
            ? new GroupFile(row.GroupId, row.Channel, row.SourceId, JsonSerializer.Deserialize<IncomingFile>(row.File, JsonSerializerOptions.Web)!, row.UploaderId)
            : null;
}

/// <param name="Group">The group of the photo.</param>
/// <param name="Channel">The carrier of the group.</param>
/// <param name="Source">The photo's source id.</param>
/// <param name="File">The location of the file.</param>
/// <param name="Uploader">The sender, if they ever wrote to the bot.</param>
internal sealed record GroupFile(GroupId Group, string Channel, string Source, IncomingFile File, ParticipantId? Uploader);

using System.Text.Json;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Incoming.Groups;

/// <summary>Photos of chat groups that are still to be fetched.</summary>
internal static class GroupFiles
{
    /// <param name="source">The photo's source id: the same one is one photo.</param>
    /// <returns>The id of the row.</returns>
    public static Task<string> AddAsync(Session session, GroupId group, string source, IncomingFile file, ParticipantId? uploader, DateTimeOffset now) =>
        GroupFileTable.AddAsync(session, group, source, JsonSerializer.Serialize(file, JsonSerializerOptions.Web), uploader, now);

    /// <returns>Null where it is fetched already, or its group has ended.</returns>
    public static async Task<GroupFile?> FindAsync(Session session, string id) =>
        await GroupFileTable.FindAsync(session, id) is { } row
            ? new GroupFile(row.GroupId, row.Channel, row.SourceId, JsonSerializer.Deserialize<IncomingFile>(row.File, JsonSerializerOptions.Web)!, row.UploaderId)
            : null;
}

/// <param name="Group">Whose photo it is.</param>
/// <param name="Channel">Who carries it.</param>
/// <param name="Source">The photo's source id.</param>
/// <param name="File">Where it is.</param>
/// <param name="Uploader">Who posted it, where they ever wrote to the bot.</param>
internal sealed record GroupFile(GroupId Group, string Channel, string Source, IncomingFile File, ParticipantId? Uploader);

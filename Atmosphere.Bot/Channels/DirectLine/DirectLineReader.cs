using System.Globalization;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Pictures;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Bot.Schema;

namespace Atmosphere.Bot.Channels.DirectLine;

/// <param name="Watermark">Pass it to the next request to get later activities.</param>
internal sealed record ActivitySet(IReadOnlyList<Activity> Activities, string Watermark);

/// <summary>Reads a conversation for its client, with ids and fresh links to pictures.</summary>
internal sealed class DirectLineReader(Database database, PictureLinks links)
{
    /// <exception cref="RefusedRequestException">400: not one of our watermarks.</exception>
    public static long ParseWatermark(string? watermark)
    {
        if (string.IsNullOrEmpty(watermark) || watermark == "-")
            return 0;
        return long.TryParse(watermark, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : throw new RefusedRequestException(400, "The watermark is none of this server: leave it out to read from the start.");
    }

    /// <param name="origin">The address by which the client reaches this server, such as http://localhost:3978.</param>
    public async Task<ActivitySet> ReadAsync(string conversation, long watermark, string origin, CancellationToken cancellation)
    {
        var (stored, viewer) = await database.ReadAsync(
            async session => (
                await DirectLineTable.AfterAsync(session, conversation, watermark),
                await Participants.FindAsync(session, DirectLineChannel.ChannelName, conversation)),
            cancellation);
        var position = stored.Count == 0 ? watermark : stored[^1].Position;
        return new ActivitySet([.. stored.Select(row => Present(row, conversation, viewer, origin))], position.ToString(CultureInfo.InvariantCulture));
    }

    private Activity Present(StoredActivity row, string conversation, ParticipantId? viewer, string origin)
    {
        var activity = ActivityJson.Read(row.Body);
        activity.Id = DirectLineActivities.IdOf(conversation, row.Position);
        activity.ChannelId = DirectLineChannel.ChannelName;
        activity.Conversation = new ConversationAccount(id: conversation);
        foreach (var attachment in activity.Attachments ?? [])
        {
            if (attachment.ContentUrl?.StartsWith(DirectLineChannel.StoredPicture, StringComparison.Ordinal) == true)
                attachment.ContentUrl = origin + links.PathOf(viewer ?? default, row.SourceId, new MediaKey(attachment.ContentUrl[DirectLineChannel.StoredPicture.Length..]));
        }

        return activity;
    }
}

using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.DirectLine;

/// <summary>
/// Chats in which nothing was said for long: what was said, and the pictures. Somebody's guardian keeps an empty chat, to get photos in;
/// of everybody else nothing stays.
/// </summary>
internal sealed class ChatsExpire(Database database, IMediaStore media, IOptions<ConversationRetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var before = clock.GetUtcNow() - options.Value.Chats;
        var quiet = await database.ReadAsync(session => DirectLineTable.QuietAsync(session, before), cancellation);
        foreach (var chat in quiet)
        {
            foreach (var file in await database.WriteAsync(session => EmptyAsync(session, chat.Id, before), cancellation))
                await media.DeleteAsync(file, cancellation);
        }

        return quiet.Count;
    }

    /// <returns>The files that nobody names any more.</returns>
    private static async Task<IReadOnlyList<MediaKey>> EmptyAsync(Session session, string id, DateTimeOffset before)
    {
        // Somebody may have written since it was found.
        if (await DirectLineTable.QuietAsync(session, id, before) is not { } chat)
            return [];

        var conversation = new ConversationKey(DirectLineTable.Channel, id);
        var files = await Uploads.OfAsync(session, conversation);
        _ = await Uploads.ForgetAsync(session, conversation);
        await (chat.IsNeeded ? DirectLineTable.EmptyAsync(session, id) : DeleteAsync(session, chat, conversation));
        return files;
    }

    private static async Task DeleteAsync(Session session, QuietChat chat, ConversationKey conversation)
    {
        _ = await DirectLineTable.ForgetAsync(session, chat.Id);
        _ = await TurnTable.ForgetAsync(session, conversation);
        await ConversationTable.ForgetAsync(session, conversation);
        if (chat.Participant is { } participant)
            await Participants.DeleteAsync(session, participant);
    }
}

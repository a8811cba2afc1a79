using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.DirectLine;

/// <summary>
/// Deletes the messages and pictures of chats that have been quiet for long. A guardian's chat stays as an empty one, to deliver photos to;
/// all others are deleted.
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

    /// <returns>The files that are no longer referenced.</returns>
    private static async Task<IReadOnlyList<MediaKey>> EmptyAsync(Session session, string id, DateTimeOffset before)
    {
        // A message may have arrived since the chat was found.
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

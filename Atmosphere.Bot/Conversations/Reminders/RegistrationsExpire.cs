using Atmosphere.Bot.Conversations.ConnectPerson;
using Atmosphere.Bot.Conversations.Home;
using Atmosphere.Bot.Conversations.Sharing;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Conversations.Reminders;

/// <summary>Expires abandoned registrations: resets the conversation to the menu and deletes name and photos.</summary>
internal sealed class RegistrationsExpire(
    Database database, IMediaStore media, IOutbox outbox, IOptions<ConversationRetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var before = clock.GetUtcNow() - options.Value.AbandonedRegistrations;
        var (count, files) = await database.WriteAsync(session => ForgetAsync(session, before), cancellation);
        foreach (var file in files)
            await media.DeleteAsync(file, cancellation);
        return count;
    }

    private async Task<(int Count, IReadOnlyList<MediaKey> Files)> ForgetAsync(Session session, DateTimeOffset before)
    {
        foreach (var told in await ConversationTable.RestingAsync(session, ConnectPersonConversation.Dialog, before, reminded: true, clock.GetUtcNow()))
            await outbox.SendAsync(session, new RegistrationRests(told.ParticipantId, $"closed-{told.ParticipantId}-{told.Version}", "connect-person.closed"));

        foreach (var code in await ConversationTable.AbandonedAsync(session, ShareCodeConversation.Dialog, before))
            await CodeTable.SpendAsync(session, CodeKind.Share, ShareCodeConversation.PersonOf(code.State), code.ParticipantId.Value);

        var forgotten = await ConversationTable.ResetAbandonedAsync(session, HomeConversation.Dialog, HomeConversation.Nothing, before);
        return (forgotten, await Uploads.ForgetAbandonedAsync(session, HomeConversation.Dialog, before));
    }
}

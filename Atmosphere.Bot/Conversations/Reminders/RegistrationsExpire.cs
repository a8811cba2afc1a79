using Atmosphere.Bot.Conversations.ConnectPerson;
using Atmosphere.Bot.Conversations.Sharing;
using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Conversations.Reminders;

/// <summary>Registrations that a parent does not go on with: the conversation begins again at the menu, the name and the photos go.</summary>
internal sealed class RegistrationsExpire(
    Database database, IMediaStore media, IOutbox outbox, IOptions<ConversationRetentionOptions> options, TimeProvider clock) : ITimeToLive
{
    private static readonly string _idle = ConnectPersonConversation.AtHome;

    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var before = (clock.GetUtcNow() - options.Value.AbandonedRegistrations).ToUnixTimeMilliseconds();
        var (count, files) = await database.WriteAsync(session => ForgetAsync(session, before), cancellation);
        foreach (var file in files)
            await media.DeleteAsync(file, cancellation);
        return count;
    }

    private async Task<(int Count, IReadOnlyList<MediaKey> Files)> ForgetAsync(Session session, long before)
    {
        var told = await session.QueryAsync<(string Participant, long Version)>(
            $"""
            SELECT c.participant_id, c.version FROM conversations c JOIN participants p ON p.id = c.participant_id
            WHERE c.dialog = 'connect-person' AND c.updated_at <= @before AND c.state <> @_idle AND {OpenWindow.Sql}
            """,
            new { before, _idle, since = OpenWindow.Since(clock.GetUtcNow()) });
        foreach (var (participant, version) in told)
            await outbox.SendAsync(session, new RegistrationRests(new ParticipantId(participant), $"closed-{participant}-{version}", "connect-person.closed"));

        var codes = await session.QueryAsync<(string Participant, string State)>(
            $"SELECT participant_id, state FROM conversations WHERE dialog = '{ShareCodeConversation.Dialog}' AND updated_at <= @before AND state <> @_idle", new { before, _idle });
        foreach (var (participant, state) in codes)
            await CodeTable.SpendAsync(session, CodeKind.Share, ShareCodeConversation.PersonOf(state), participant);

        // A new version: a turn that is worked on just now starts again, from the menu.
        var forgotten = await session.ExecuteAsync(
            "UPDATE conversations SET dialog = 'connect-person', state = @_idle, offered = NULL, version = version + 1 WHERE updated_at <= @before AND state <> @_idle",
            new { before, _idle });
        var files = await session.QueryAsync<MediaKey>(
            """
            DELETE FROM uploads WHERE created_at <= @before
                AND NOT EXISTS (SELECT 1 FROM conversations c WHERE c.id = uploads.conversation_id AND c.state <> @_idle)
                AND NOT EXISTS (SELECT 1 FROM turns t WHERE t.conversation_id = uploads.conversation_id AND t.handled_at IS NULL)
            RETURNING media
            """,
            new { before, _idle });
        return (forgotten, files);
    }
}

using System.Text.Json;
using Atmosphere.Bot.Conversations.ConnectPerson;
using Atmosphere.Bot.Turns;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Conversations;

/// <summary>Registrations that a parent does not go on with: the conversation begins again at the menu, the name and the photos go.</summary>
internal sealed class RegistrationsExpire(Database database, IMediaStore media, IOptions<ConversationRetentionOptions> options, TimeProvider clock)
    : ITimeToLive
{
    private static readonly string _idle = JsonSerializer.Serialize(new ConnectPersonDraft { State = ConnectState.Home }, JsonSerializerOptions.Web);

    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var before = (clock.GetUtcNow() - options.Value.AbandonedRegistrations).ToUnixTimeMilliseconds();
        var (count, files) = await database.WriteAsync(session => ForgetAsync(session, before), cancellation);
        foreach (var file in files)
            await media.DeleteAsync(file, cancellation);
        return count;
    }

    private static async Task<(int Count, IReadOnlyList<MediaKey> Files)> ForgetAsync(Session session, long before)
    {
        // A new version: a turn that is worked on just now starts again, from the menu.
        var forgotten = await session.ExecuteAsync(
            "UPDATE conversations SET state = @_idle, version = version + 1 WHERE updated_at <= @before AND state <> @_idle", new { before, _idle });
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

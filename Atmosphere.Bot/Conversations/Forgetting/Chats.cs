using Atmosphere.Bot.Channels.DirectLine;
using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons.Erasure;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations.Forgetting;

/// <summary>What was said with people, as a place that forgets: conversations, turns, replies, uploads and the history of Direct Line.</summary>
internal sealed class Chats : IPersonalPlaces
{
    public async Task<int> ForgetAsync(Session session, ForgottenPerson person)
    {
        var rows = 0;
        foreach (var guardian in person.Guardians)
        {
            if (await KeyAsync(session, guardian) is { } chat)
                rows += await PersonInChat.ForgetAsync(session, chat, person);
        }

        foreach (var chat in await ColleagueChats.OfAsync(session, person.Person))
            rows += await PersonInChat.ForgetAsync(session, chat, person);
        return rows;
    }

    public async Task<IReadOnlyList<MediaKey>> FilesAsync(Session session, ParticipantId participant) =>
        await KeyAsync(session, participant) is { } chat
            ? await session.QueryAsync<MediaKey>("SELECT media FROM uploads WHERE conversation_id = @chat", new { chat = chat.ToString() })
            : [];

    public async Task<int> ForgetAsync(Session session, ParticipantId participant, DeliveryId? lastWord)
    {
        if (await KeyAsync(session, participant) is not { } chat)
            return 0;

        var row = new { participant, chat = chat.ToString(), chat.Address, Forgotten = ChatsExpire.Forgotten };
        var rows = await session.ExecuteAsync("DELETE FROM uploads WHERE conversation_id = @chat", row);
        rows += await session.ExecuteAsync("DELETE FROM conversations WHERE participant_id = @participant", row);
        rows += await OtherChats.ForgetAskerAsync(session, participant);
        if (lastWord is not null)
            return rows + await ForgetHistoryAsync(session, chat, row);
        return rows + await DeleteAsync(session, chat, row) + await OtherChats.ForgetEventsAsync(session, chat);
    }

    public Task<int> SearchAsync(Session session, IReadOnlyCollection<string> ids) =>
        session.QuerySingleOrDefaultAsync<int>(
            """
            SELECT (SELECT COUNT(*) FROM conversations WHERE participant_id IN @ids)
                + (SELECT COUNT(*) FROM replies WHERE id IN @told) + (SELECT COUNT(*) FROM direct_line_activities WHERE source_id IN @told)
            """,
            new { ids, told = ids.SelectMany(id => (string[])[$"connected-{id}", $"not-connected-{id}", $"owner-{id}"]).ToList() });

    private static async Task<ConversationKey?> KeyAsync(Session session, ParticipantId participant) =>
        await Participants.FindAsync(session, participant) is { } found ? new ConversationKey(found.Channel, found.Address) : null;

    /// <summary>What was said before they asked; the answer to that stays until it has left.</summary>
    private static async Task<int> ForgetHistoryAsync(Session session, ConversationKey chat, object row)
    {
        const string asked = "(SELECT forgetting_at FROM participants WHERE id = @participant)";
        var rows = await session.ExecuteAsync($"DELETE FROM turns WHERE conversation_id = @chat AND handled_at < {asked}", row);
        rows += await session.ExecuteAsync($"DELETE FROM replies WHERE conversation_id = @chat AND created_at < {asked}", row);
        return chat.Channel != DirectLineChannel.ChannelName
            ? rows
            : rows + await session.ExecuteAsync(
                $"UPDATE direct_line_activities SET body = @Forgotten, source_id = 'forgotten-' || position WHERE conversation_id = @Address AND body <> @Forgotten AND created_at < {asked}",
                row);
    }

    private static async Task<int> DeleteAsync(Session session, ConversationKey chat, object row)
    {
        var rows = await session.ExecuteAsync("DELETE FROM turns WHERE conversation_id = @chat", row);
        rows += await session.ExecuteAsync("DELETE FROM replies WHERE conversation_id = @chat", row);
        if (chat.Channel != DirectLineChannel.ChannelName)
            return rows;
        rows += await session.ExecuteAsync("DELETE FROM direct_line_activities WHERE conversation_id = @Address", row);
        return rows + await session.ExecuteAsync("DELETE FROM direct_line_conversations WHERE id = @Address", row);
    }
}

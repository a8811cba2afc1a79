using Atmosphere.Bot.Conversations.Invitations;
using Atmosphere.Bot.Conversations.TagFace;
using Atmosphere.Bot.Storage;
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

        foreach (var chat in await ColleagueChats.OfAsync(
            session, person.Person, GuardianInvitations.OfParticipant, TagFaceConversation.Dialog))
            rows += await PersonInChat.ForgetAsync(session, chat, person);
        return rows;
    }

    public async Task<IReadOnlyList<MediaKey>> FilesAsync(Session session, ParticipantId participant) =>
        await KeyAsync(session, participant) is { } chat
            ? await Uploads.OfAsync(session, chat)
            : [];

    public async Task<int> ForgetAsync(Session session, ParticipantId participant, DeliveryId? lastWord)
    {
        if (await KeyAsync(session, participant) is not { } chat)
            return 0;

        var rows = await Uploads.ForgetAsync(session, chat) + await ConversationTable.ForgetAsync(session, participant)
            + await OtherChats.ForgetAskerAsync(session, participant);
        if (lastWord is not null)
            return rows + await ForgetHistoryAsync(session, chat, await Participants.ForgettingAtAsync(session, participant));
        return rows + await DeleteAsync(session, chat) + await OtherChats.ForgetEventsAsync(session, chat);
    }

    public async Task<int> SearchAsync(Session session, IReadOnlyCollection<string> ids)
    {
        var told = ids.SelectMany(id => (string[])[$"connected-{id}", $"not-connected-{id}", $"owner-{id}"]).ToList();
        return await ConversationTable.CountAsync(session, ids) + await ReplyStore.CountAsync(session, told) + await DirectLineTable.CountAsync(session, told);
    }

    private static async Task<ConversationKey?> KeyAsync(Session session, ParticipantId participant) =>
        await Participants.FindAsync(session, participant) is { } found ? new ConversationKey(found.Channel, found.Address) : null;

    /// <summary>What was said before they asked; the answer to that stays until it has left.</summary>
    /// <param name="asked">When they did; null: they did not.</param>
    private static async Task<int> ForgetHistoryAsync(Session session, ConversationKey chat, long? asked)
    {
        if (asked is null)
            return 0;
        var rows = await TurnTable.ForgetAsync(session, chat, asked) + await ReplyStore.ForgetAsync(session, chat, asked);
        return chat.Channel == DirectLineTable.Channel ? rows + await DirectLineTable.EmptyAsync(session, chat.Address, asked) : rows;
    }

    private static async Task<int> DeleteAsync(Session session, ConversationKey chat)
    {
        var rows = await TurnTable.ForgetAsync(session, chat) + await ReplyStore.ForgetAsync(session, chat);
        return chat.Channel == DirectLineTable.Channel ? rows + await DirectLineTable.ForgetAsync(session, chat.Address) : rows;
    }
}

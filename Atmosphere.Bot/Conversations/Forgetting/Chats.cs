using Atmosphere.Bot.Channels.Pictures;
using Atmosphere.Bot.Conversations.Invitations;
using Atmosphere.Bot.Conversations.TagFace;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons.Erasure;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations.Forgetting;

/// <summary>Erases personal data from chats: conversations, turns, replies, uploads and the history of Direct Line.</summary>
internal sealed class Chats : IPersonalPlaces
{
    public async Task<int> ForgetAsync(Session session, ForgottenPerson person)
    {
        var names = await NamedPersons.ReadAsync(session);
        var recorded = await MentionTable.OfAsync(session, person.Person);
        var rows = 0;
        foreach (var chat in await ChatsAboutAsync(session, person.Person, person.Guardians, recorded))
            rows += await PersonInChat.ForgetAsync(session, chat, person, names, recorded.Select(mention => mention.RowId).ToHashSet());
        return rows + await MentionTable.ForgetAsync(session, person.Person);
    }

    /// <summary>An export contains all children of a guardian, so it is deleted with each of them.</summary>
    public async Task<IReadOnlyList<MediaKey>> FilesAsync(Session session, PersonId person, IReadOnlyCollection<ParticipantId> guardians)
    {
        var files = new List<MediaKey>();
        foreach (var chat in await ChatsAboutAsync(session, person, guardians, await MentionTable.OfAsync(session, person)))
            files.AddRange((await Uploads.OfAsync(session, chat)).Where(PictureType.IsDocument));
        return files;
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
            + await OtherChats.ForgetAskerAsync(session, participant) + await MentionTable.ForgetAsync(session, chat);
        if (lastWord is not null)
            return rows + await ForgetHistoryAsync(session, chat, await Participants.ForgettingAtAsync(session, participant));
        return rows + await DeleteAsync(session, chat) + await OtherChats.ForgetEventsAsync(session, chat);
    }

    public async Task<int> SearchAsync(Session session, IReadOnlyCollection<string> ids)
    {
        var told = ids.SelectMany(id => (string[])[$"connected-{id}", $"not-connected-{id}", $"owner-{id}"]).ToList();
        return await MentionTable.CountAsync(session, ids) + await ConversationTable.CountAsync(session, ids) + await ReplyStore.CountAsync(session, told) + await DirectLineTable.CountAsync(session, told);
    }

    /// <summary>The chats that name the person, by recorded mentions; and chats with texts from before the person was registered.</summary>
    private static async Task<IReadOnlySet<ConversationKey>> ChatsAboutAsync(
        Session session, PersonId person, IReadOnlyCollection<ParticipantId> guardians, IReadOnlyList<Mention> recorded)
    {
        var chats = recorded.Select(mention => ConversationKey.Parse(mention.ConversationId)).ToHashSet();
        chats.UnionWith(await ColleagueChats.OfAsync(session, person, GuardianInvitations.OfParticipant, TagFaceConversation.Dialog));
        foreach (var guardian in guardians)
        {
            if (await KeyAsync(session, guardian) is { } chat)
                _ = chats.Add(chat);
        }

        return chats;
    }

    private static async Task<ConversationKey?> KeyAsync(Session session, ParticipantId participant) =>
        await Participants.FindAsync(session, participant) is { } found ? new ConversationKey(found.Channel, found.Address) : null;

    /// <summary>Deletes the history from before the erasure request; the reply to the request stays until it is sent.</summary>
    /// <param name="asked">Time of the request; null: none.</param>
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

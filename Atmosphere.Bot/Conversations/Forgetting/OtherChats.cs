using Atmosphere.Bot.Incoming.Groups;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Forgetting;

/// <summary>Erases a participant from the chats of other users and from carriers' events.</summary>
internal static class OtherChats
{
    private const int FewestDigits = 5;

    /// <summary>
    /// Removes requests shown to others with the participant's display name and digits. Must run before the requests are deleted.
    /// </summary>
    /// <returns>The number of changed rows.</returns>
    public static async Task<int> ForgetAskerAsync(Session session, ParticipantId participant)
    {
        var asked = (await RequestTable.IdsFromAsync(session, participant)).SelectMany(id => (string[])[$"request-{id}", $"request-{id}-again"]).ToList();
        return await ReplyStore.ForgetAsync(session, asked) + await DirectLineTable.EmptyAsync(session, asked);
    }

    /// <summary>Deletes the data of unhandled carrier events, which contain senders and members.</summary>
    /// <returns>The number of changed rows.</returns>
    public static async Task<int> ForgetEventsAsync(Session session, ConversationKey chat)
    {
        var digits = chat.Address.TrimStart('+');
        if (digits.Length < FewestDigits || !digits.All(char.IsAsciiDigit))
            return 0;
        var rows = 0;
        foreach (var told in await WebhookEventTable.WaitingAsync(session, GroupInbox.Kind))
        {
            if (told.Body!.Contains(digits, StringComparison.Ordinal))
                rows += await WebhookEventTable.ForgetAsync(session, told.Id);
        }

        return rows;
    }
}

using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Forgetting;

/// <summary>Where somebody who is forgotten stands in the chats of others, and in what carriers told about groups.</summary>
internal static class OtherChats
{
    private const int FewestDigits = 5;

    /// <summary>Others were asked for them: with what they call themselves, and the end of their number. Must run while their requests are there.</summary>
    /// <returns>How many rows were changed.</returns>
    public static async Task<int> ForgetAskerAsync(Session session, ParticipantId participant)
    {
        var asked = (await RequestTable.IdsFromAsync(session, participant)).SelectMany(id => (string[])[$"request-{id}", $"request-{id}-again"]).ToList();
        return await ReplyStore.ForgetAsync(session, asked) + await DirectLineTable.EmptyAsync(session, asked);
    }

    /// <summary>What a carrier told and nobody could handle until now: it names senders and members.</summary>
    /// <returns>How many rows were changed.</returns>
    public static async Task<int> ForgetEventsAsync(Session session, ConversationKey chat)
    {
        var digits = chat.Address.TrimStart('+');
        if (digits.Length < FewestDigits || !digits.All(char.IsAsciiDigit))
            return 0;
        var rows = 0;
        foreach (var told in await GroupEventTable.WaitingAsync(session))
        {
            if (told.Body.Contains(digits, StringComparison.Ordinal))
                rows += await GroupEventTable.ForgetAsync(session, told.Id);
        }

        return rows;
    }
}

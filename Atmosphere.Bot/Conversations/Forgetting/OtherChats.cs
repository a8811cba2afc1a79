using Atmosphere.Bot.Channels.DirectLine;
using Atmosphere.Bot.Incoming;
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
        var asked = (await session.QueryAsync<string>("SELECT id FROM requests WHERE from_id = @participant", new { participant }))
            .SelectMany(id => (string[])[$"request-{id}", $"request-{id}-again"]).ToList();
        return await session.ExecuteAsync("DELETE FROM replies WHERE id IN @asked", new { asked })
            + await session.ExecuteAsync(
                "UPDATE direct_line_activities SET body = @Forgotten, source_id = 'forgotten-' || position WHERE source_id IN @asked",
                new { asked, ChatsExpire.Forgotten });
    }

    /// <summary>What a carrier told and nobody could handle until now: it names senders and members.</summary>
    /// <returns>How many rows were changed.</returns>
    public static async Task<int> ForgetEventsAsync(Session session, ConversationKey chat)
    {
        var digits = chat.Address.TrimStart('+');
        if (digits.Length < FewestDigits || !digits.All(char.IsAsciiDigit))
            return 0;
        var rows = 0;
        foreach (var (id, body) in await session.QueryAsync<(string Id, string Body)>("SELECT id, body FROM group_events WHERE body IS NOT NULL"))
        {
            if (body.Contains(digits, StringComparison.Ordinal))
                rows += await session.ExecuteAsync("UPDATE group_events SET body = NULL WHERE id = @id", new { id });
        }

        return rows;
    }
}

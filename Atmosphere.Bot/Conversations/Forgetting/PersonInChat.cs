using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Conversations.Home;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Flows.Persons.Erasure;
using Atmosphere.Recognition.Storage;
using Microsoft.Bot.Schema;

namespace Atmosphere.Bot.Conversations.Forgetting;

/// <summary>
/// Erases a person from one chat: texts with the name, and the person's pictures. Pictures of others stay, without the text. Repeatable,
/// also after another erasure.
/// </summary>
internal sealed class PersonInChat(ForgottenPerson person, NamedPersons names, IReadOnlySet<string> recorded)
{
    /// <param name="names">The names of all persons, including this one.</param>
    /// <param name="recorded">The rows recorded as naming the person.</param>
    /// <returns>The number of changed rows.</returns>
    public static async Task<int> ForgetAsync(
        Session session, ConversationKey chat, ForgottenPerson person, NamedPersons names, IReadOnlySet<string> recorded)
    {
        var forgetting = new PersonInChat(person, names, recorded);
        await ConversationTable.TouchAsync(session, chat);
        var rows = await forgetting.ForgetStateAsync(session, chat) + await forgetting.ForgetWordsAsync(session, chat) + await forgetting.ForgetRepliesAsync(session, chat);
        return chat.Channel == DirectLineTable.Channel ? rows + await forgetting.ForgetHistoryAsync(session, chat) : rows;
    }

    /// <summary>Resets an open conversation that names the person.</summary>
    private async Task<int> ForgetStateAsync(Session session, ConversationKey chat)
    {
        if (await ConversationTable.FindAsync(session, chat) is not { } row)
            return 0;
        if (Names(row.State))
            return await ConversationTable.ResetAsync(session, chat, HomeConversation.Dialog, HomeConversation.Nothing);
        return Names(row.Offered) ? await ConversationTable.OfferNothingAsync(session, row.Id) : 0;
    }

    /// <summary>Unanswered messages that name the person are emptied and answered as such.</summary>
    private async Task<int> ForgetWordsAsync(Session session, ConversationKey chat)
    {
        var rows = 0;
        foreach (var turn in await TurnTable.OpenWordsAsync(session, chat))
        {
            if (!Names(turn.Body) || JsonNode.Parse(turn.Body) is not JsonObject words)
                continue;
            words["text"] = "";
            await TurnTable.RememberAsync(session, turn.Id, words.ToJsonString());
            rows++;
        }

        return rows;
    }

    private async Task<int> ForgetRepliesAsync(Session session, ConversationKey chat)
    {
        var rows = 0;
        foreach (var reply in await ReplyStore.OfConversationAsync(session, chat))
        {
            var gone = reply.Media is not null && person.Files.Any(file => file.Value == reply.Media);
            var named = reply.Id.Contains(person.Person.Value, StringComparison.Ordinal);
            if (!gone && !named && !recorded.Contains(reply.Id) && !Names(reply.Body))
                continue;

            var left = gone || reply.Media is null || reply.Body is null ? null : WithoutWords(reply.Body);
            rows += await ReplyStore.RedactAsync(session, reply.Id, named ? $"forgotten-{Guid.NewGuid():N}" : reply.Id, left);
        }

        return rows;
    }

    private async Task<int> ForgetHistoryAsync(Session session, ConversationKey chat)
    {
        var rows = 0;
        foreach (var activity in await DirectLineTable.AllAsync(session, chat.Address))
        {
            var told = activity.SourceId.Contains(person.Person.Value, StringComparison.Ordinal);
            var shown = person.Files.Any(file => activity.Body.Contains(file.Value, StringComparison.Ordinal));
            if (!told && !shown && !recorded.Contains(activity.SourceId) && !Names(activity.Body))
                continue;

            var left = shown ? null : WithoutWords(activity.Body);
            rows += await DirectLineTable.RedactAsync(
                session, chat.Address, activity.Position, told ? $"forgotten-{activity.Position}" : activity.SourceId, left ?? DirectLineTable.Forgotten);
        }

        return rows;
    }

    private bool Names(string? text) =>
        !string.IsNullOrEmpty(text) && (names.In(text).Contains(person.Person) || person.Learned.Any(face => text.Contains(face, StringComparison.Ordinal)));

    /// <returns>Null if it had only text, or another erasure left nothing.</returns>
    private static string? WithoutWords(string body)
    {
        if (body.Length == 0 || ActivityJson.Read(body) is not { From.Role: RoleTypes.Bot, Attachments.Count: > 0 } activity)
            return null;
        (activity.Text, activity.SuggestedActions) = ("", null);
        return ActivityJson.Write(activity);
    }
}

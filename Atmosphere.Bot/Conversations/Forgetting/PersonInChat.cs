using System.Text.Json;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Conversations.ConnectPerson;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Flows.Persons.Erasure;
using Atmosphere.Recognition.Storage;
using Microsoft.Bot.Schema;

namespace Atmosphere.Bot.Conversations.Forgetting;

/// <summary>Takes a person out of one guardian's chat: whatever was said with its name, and its pictures. Pictures of others stay, without the words.</summary>
internal static class PersonInChat
{
    /// <returns>How many rows were changed.</returns>
    public static async Task<int> ForgetAsync(Session session, ConversationKey chat, ForgottenPerson person)
    {
        var rows = await ForgetStateAsync(session, chat, person) + await ForgetRepliesAsync(session, chat, person);
        return chat.Channel == DirectLineTable.Channel ? rows + await ForgetHistoryAsync(session, chat, person) : rows;
    }

    /// <summary>What is open and names the person is over.</summary>
    private static async Task<int> ForgetStateAsync(Session session, ConversationKey chat, ForgottenPerson person)
    {
        if (await ConversationTable.FindAsync(session, chat) is not { } row)
            return 0;
        if (Names(row.State, person))
            return await ConversationTable.ResetAsync(session, chat, ConnectPersonConversation.Name, ConnectPersonConversation.AtHome);
        return row.Offered is not null && Names(row.Offered, person) ? await ConversationTable.OfferAsync(session, row.Id, null) : 0;
    }

    private static async Task<int> ForgetRepliesAsync(Session session, ConversationKey chat, ForgottenPerson person)
    {
        var rows = 0;
        foreach (var reply in await ReplyStore.OfConversationAsync(session, chat))
        {
            var gone = reply.Media is not null && person.Files.Any(file => file.Value == reply.Media);
            if (!gone && !reply.Id.Contains(person.Person.Value, StringComparison.Ordinal) && !(reply.Body is not null && Names(reply.Body, person)))
                continue;

            var left = gone || reply.Media is null || reply.Body is null ? null : WithoutWords(reply.Body);
            var named = reply.Id.Contains(person.Person.Value, StringComparison.Ordinal);
            rows += await ReplyStore.RedactAsync(session, reply.Id, named ? $"forgotten-{Guid.NewGuid():N}" : reply.Id, left);
        }

        return rows;
    }

    private static async Task<int> ForgetHistoryAsync(Session session, ConversationKey chat, ForgottenPerson person)
    {
        var rows = 0;
        foreach (var activity in await DirectLineTable.AllAsync(session, chat.Address))
        {
            var told = activity.SourceId.Contains(person.Person.Value, StringComparison.Ordinal);
            var shown = person.Files.Any(file => activity.Body.Contains(file.Value, StringComparison.Ordinal));
            if (!told && !shown && !Names(activity.Body, person))
                continue;

            // Another erasure may have emptied it before.
            var left = shown || activity.Body == DirectLineTable.Forgotten ? null : WithoutWords(activity.Body);
            rows += await DirectLineTable.RedactAsync(
                session, chat.Address, activity.Position, told ? $"forgotten-{activity.Position}" : activity.SourceId, left ?? DirectLineTable.Forgotten);
        }

        return rows;
    }

    /// <summary>Also in another case, and in the middle of a word: some languages write "to Maya" as one.</summary>
    private static bool Names(string json, ForgottenPerson person)
    {
        if (json.Length == 0)
            return false;
        return Texts(JsonNode.Parse(json)).Any(text =>
            text.Contains(person.Name, StringComparison.OrdinalIgnoreCase) || text.Contains(person.Person.Value, StringComparison.Ordinal)
            || person.Learned.Any(face => text.Contains(face, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject some => some.SelectMany(property => Texts(property.Value)),
        JsonArray list => list.SelectMany(Texts),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };

    /// <returns>Null where nothing but the words was there.</returns>
    private static string? WithoutWords(string body)
    {
        var activity = ActivityJson.Read(body);
        if (activity is not { From.Role: RoleTypes.Bot, Attachments.Count: > 0 })
            return null;
        (activity.Text, activity.SuggestedActions) = ("", null);
        return ActivityJson.Write(activity);
    }
}

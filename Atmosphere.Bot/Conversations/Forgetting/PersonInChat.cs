using System.Text.Json;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.DirectLine;
using Atmosphere.Bot.Conversations.ConnectPerson;
using Atmosphere.Bot.Incoming;
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
        return chat.Channel == DirectLineChannel.ChannelName ? rows + await ForgetHistoryAsync(session, chat, person) : rows;
    }

    /// <summary>What is open and names the person is over.</summary>
    private static async Task<int> ForgetStateAsync(Session session, ConversationKey chat, ForgottenPerson person)
    {
        var (state, offered) = await session.QuerySingleOrDefaultAsync<(string?, string?)>(
            "SELECT state, offered FROM conversations WHERE id = @chat", new { chat = chat.ToString() });
        var buttons = offered is null || !Names(offered, person)
            ? 0
            : await session.ExecuteAsync("UPDATE conversations SET offered = NULL WHERE id = @chat", new { chat = chat.ToString() });
        return state is null || !Names(state, person)
            ? buttons
            : await session.ExecuteAsync(
                "UPDATE conversations SET dialog = @Name, state = @AtHome, offered = NULL, version = version + 1 WHERE id = @chat",
                new { chat = chat.ToString(), ConnectPersonConversation.Name, ConnectPersonConversation.AtHome });
    }

    private static async Task<int> ForgetRepliesAsync(Session session, ConversationKey chat, ForgottenPerson person)
    {
        var rows = 0;
        foreach (var reply in await session.QueryAsync<Row>(
            "SELECT id, body, media, state FROM replies WHERE conversation_id = @chat", new { chat = chat.ToString() }))
        {
            var gone = reply.Media is not null && person.Files.Any(file => file.Value == reply.Media);
            if (!gone && !reply.Id.Contains(person.Person.Value, StringComparison.Ordinal) && !(reply.Body is not null && Names(reply.Body, person)))
                continue;

            var left = gone || reply.Media is null || reply.Body is null ? null : WithoutWords(reply.Body);
            rows += await session.ExecuteAsync(
                """
                UPDATE replies SET body = @left, media = CASE WHEN @left IS NULL THEN NULL ELSE media END, id = @id,
                    vendor_id = CASE WHEN @left IS NULL THEN NULL ELSE vendor_id END,
                    state = CASE WHEN @left IS NULL AND state = 'waiting' THEN 'refused' ELSE state END
                WHERE id = @Id
                """,
                new { reply.Id, left, id = reply.Id.Contains(person.Person.Value, StringComparison.Ordinal) ? $"forgotten-{Guid.NewGuid():N}" : reply.Id });
        }

        return rows;
    }

    private static async Task<int> ForgetHistoryAsync(Session session, ConversationKey chat, ForgottenPerson person)
    {
        var rows = 0;
        foreach (var activity in await session.QueryAsync<Row>(
            "SELECT position, source_id AS id, body FROM direct_line_activities WHERE conversation_id = @Address", new { chat.Address }))
        {
            var told = activity.Id.Contains(person.Person.Value, StringComparison.Ordinal);
            var shown = person.Files.Any(file => activity.Body!.Contains(file.Value, StringComparison.Ordinal));
            if (!told && !shown && !Names(activity.Body!, person))
                continue;

            var left = shown ? null : WithoutWords(activity.Body!);
            rows += await session.ExecuteAsync(
                "UPDATE direct_line_activities SET body = @body, source_id = @id WHERE conversation_id = @Address AND position = @Position",
                new { chat.Address, activity.Position, body = left ?? ChatsExpire.Forgotten, id = told ? $"forgotten-{activity.Position}" : activity.Id });
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

    private sealed class Row
    {
        public long Position { get; init; }

        public string Id { get; init; } = "";

        public string? Body { get; init; }

        public string? Media { get; init; }

        public string State { get; init; } = "";
    }
}

using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Storage;

/// <summary>The table mentions: the persons named in each stored text of a chat.</summary>
internal static class MentionTable
{
    /// <summary>Mentions whose text is deleted.</summary>
    public static DueRows Due { get; } = new(
        "mentions",
        """
        recorded_at <= @before AND NOT EXISTS (SELECT 1 FROM replies r WHERE r.id = row_id) AND NOT EXISTS (SELECT 1 FROM turns t WHERE t.id = row_id)
        AND NOT EXISTS (SELECT 1 FROM conversations c WHERE c.id = row_id) AND NOT EXISTS (SELECT 1 FROM direct_line_activities a WHERE a.source_id = row_id)
        """);

    /// <summary>Records the persons named in a text, in the transaction that stores the text.</summary>
    /// <param name="row">Row of the text.</param>
    /// <param name="texts">All texts of the row, including its id.</param>
    public static async Task RecordAsync(Session session, string row, string conversation, DateTimeOffset now, params IEnumerable<string?> texts)
    {
        foreach (var person in await NamedPersons.InAsync(session, [row, .. texts]))
        {
            await session.ExecuteAsync(
                """
                INSERT INTO mentions (person_id, row_id, conversation_id, recorded_at) VALUES (@person, @row, @conversation, @now)
                ON CONFLICT (person_id, row_id) DO UPDATE SET recorded_at = excluded.recorded_at
                """,
                new { person = person.Value, row, conversation, now = now.ToUnixTimeMilliseconds() });
        }
    }

    /// <summary>The rows whose texts name the person.</summary>
    public static Task<IReadOnlyList<Mention>> OfAsync(Session session, PersonId person) =>
        session.QueryAsync<Mention>("SELECT row_id, conversation_id FROM mentions WHERE person_id = @person ORDER BY conversation_id, row_id", new { person = person.Value });

    /// <returns>The number of deleted rows.</returns>
    public static Task<int> ForgetAsync(Session session, PersonId person) =>
        session.ExecuteAsync("DELETE FROM mentions WHERE person_id = @person", new { person = person.Value });

    /// <returns>The number of deleted rows.</returns>
    public static Task<int> ForgetAsync(Session session, ConversationKey conversation) =>
        session.ExecuteAsync("DELETE FROM mentions WHERE conversation_id = @conversation", new { conversation = conversation.ToString() });

    /// <summary>The number of texts that name one of the persons.</summary>
    public static Task<int> CountAsync(Session session, IReadOnlyCollection<string> persons) =>
        session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM mentions WHERE person_id IN @persons", new { persons });
}

/// <summary>A text that names a person.</summary>
internal sealed record Mention
{
    public string RowId { get; init; } = "";

    public string ConversationId { get; init; } = "";
}

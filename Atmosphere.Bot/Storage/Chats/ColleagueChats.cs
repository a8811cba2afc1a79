using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Storage;

/// <summary>
/// Finds the chats in which colleagues saw a person's name beside a face: of those who voted for the person, of those who have the name on
/// a button now, and of the group's teachers.
/// </summary>
internal static class ColleagueChats
{
    /// <summary>Must run before the votes are deleted.</summary>
    /// <param name="voters">Prefix of a participant's id in votes.</param>
    /// <param name="dialog">The conversation that shows the names on buttons.</param>
    public static async Task<IReadOnlyList<ConversationKey>> OfAsync(Session session, PersonId person, string voters, string dialog) =>
        [.. (await session.QueryAsync<Chat>(
            """
            SELECT p.channel, p.address FROM face_tags t JOIN participants p ON t.voter = @voters || p.id WHERE t.person_id = @person
            UNION
            SELECT p.channel, p.address FROM conversations c JOIN participants p ON p.id = c.participant_id
            WHERE c.dialog = @dialog AND c.state LIKE @mention
            UNION
            SELECT p.channel, p.address FROM persons c JOIN group_participants m ON m.group_id = c.group_id JOIN participants p ON p.id = m.participant_id
            WHERE c.id = @person AND p.teacher_since IS NOT NULL
            ORDER BY 1, 2
            """,
            new { person, voters, dialog, mention = $"%\"{person}\"%" }))
            .Select(chat => new ConversationKey(chat.Channel, chat.Address))];

    private sealed record Chat
    {
        public string Channel { get; init; } = "";

        public string Address { get; init; } = "";
    }
}

using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Which persons a teacher confirmed, and which still wait for it.</summary>
internal static class ConfirmedPersons
{
    /// <returns>False if the person was confirmed before.</returns>
    public static async Task<bool> ConfirmAsync(Session session, PersonId person, ParticipantId? by, DateTimeOffset now) =>
        await session.ExecuteAsync(
            $"UPDATE persons SET confirmed_at = @now, confirmed_by = @by WHERE id = @person AND confirmed_at IS NULL AND {Rules.PersonIsLiving}",
            new { person, by = by?.Value, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Whether the person waits for a confirmation.</summary>
    public static async Task<bool> IsUnconfirmedAsync(Session session, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM persons p JOIN groups g ON g.id = p.group_id AND g.confirms = 1
            WHERE p.id = @person AND p.state = 'connected' AND p.confirmed_at IS NULL
            """,
            new { person }) > 0;

    /// <summary>Whether the group's teacher allows photos of the person to be delivered.</summary>
    public static async Task<bool> IsConfirmedAsync(Session session, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM persons p JOIN groups g ON g.id = p.group_id WHERE p.id = @person AND (g.confirms = 0 OR p.confirmed_at IS NOT NULL)",
            new { person }) > 0;

    /// <summary>Persons who wait for a confirmation for which nobody has been asked.</summary>
    public static Task<IReadOnlyList<PersonId>> ToConfirmAsync(Session session) =>
        session.QueryAsync<PersonId>(
            $"""
            SELECT p.id FROM persons p JOIN groups g ON g.id = p.group_id AND g.confirms = 1 AND g.{Rules.GroupIsActive}
            WHERE p.state = 'connected' AND p.confirmed_at IS NULL
                AND NOT EXISTS (SELECT 1 FROM requests r WHERE r.person_id = p.id AND r.kind = 'confirmation' AND r.state = 'open')
            ORDER BY p.id
            """);

    /// <summary>The number of persons of each group that wait for a confirmation since a time, or with nobody asked.</summary>
    public static Task<IReadOnlyList<UnconfirmedOfGroup>> UnconfirmedAsync(Session session, DateTimeOffset since) =>
        session.QueryAsync<UnconfirmedOfGroup>(
            $"""
            SELECT p.group_id, COUNT(*) AS persons FROM persons p JOIN groups g ON g.id = p.group_id AND g.confirms = 1 AND g.{Rules.GroupIsActive}
            WHERE p.state = 'connected' AND p.confirmed_at IS NULL AND (p.created_at <= @before
                OR NOT EXISTS (SELECT 1 FROM requests r WHERE r.person_id = p.id AND r.kind = 'confirmation' AND r.state = 'open'))
            GROUP BY p.group_id
            """,
            new { before = since.ToUnixTimeMilliseconds() });
}

/// <summary>The persons of a group who wait for a confirmation.</summary>
internal sealed record UnconfirmedOfGroup
{
    public GroupId GroupId { get; init; }

    public long Persons { get; init; }
}

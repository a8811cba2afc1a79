using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <param name="Id">The person.</param>
/// <param name="Name">As the parent typed it.</param>
/// <param name="Group">Whose photos are searched for the person.</param>
/// <param name="State">connecting, connected or failed.</param>
/// <param name="IsConfirmed">Photos may be delivered, as far as the group's teacher is concerned.</param>
/// <param name="Owner">What the parent who registered calls themselves; null: they never said.</param>
/// <param name="Address">Where that parent writes from.</param>
/// <param name="Asked">How many teachers are being asked to confirm.</param>
/// <param name="CreatedAt">When it was registered.</param>
public sealed record PersonEntry(
    PersonId Id, string Name, GroupId Group, string State, bool IsConfirmed, string? Owner, string Address, int Asked, DateTimeOffset CreatedAt);

/// <summary>Who is registered, for operators; not those who are being forgotten.</summary>
public static class RegisteredPersons
{
    /// <summary>Oldest first.</summary>
    /// <param name="unconfirmed">Only those who wait for a confirmation.</param>
    public static async Task<IReadOnlyList<PersonEntry>> ListAsync(Session session, bool unconfirmed, int limit)
    {
        var rows = await session.QueryAsync<Row>(
            """
            SELECT p.id, p.name, p.group_id, p.state, p.created_at, t.profile_name, t.address,
                CASE WHEN g.confirms = 0 OR p.confirmed_at IS NOT NULL THEN 1 ELSE 0 END AS confirmed,
                (SELECT COUNT(*) FROM requests r WHERE r.person_id = p.id AND r.kind = 'confirmation' AND r.state = 'open') AS asked
            FROM persons p JOIN groups g ON g.id = p.group_id
            JOIN guardians o ON o.person_id = p.id AND o.role = 'owner' JOIN participants t ON t.id = o.participant_id
            WHERE p.state <> 'erasing' AND (@all = 1 OR (p.state = 'connected' AND g.confirms = 1 AND p.confirmed_at IS NULL))
            ORDER BY p.created_at, p.id LIMIT @limit
            """,
            new { all = unconfirmed ? 0 : 1, limit });
        return [.. rows.Select(row => new PersonEntry(
            row.Id, row.Name, row.GroupId, row.State, row.Confirmed == 1, row.ProfileName, row.Address, (int)row.Asked,
            DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt)))];
    }

    private sealed record Row
    {
        public PersonId Id { get; init; }

        public string Name { get; init; } = "";

        public GroupId GroupId { get; init; }

        public string State { get; init; } = "";

        public long CreatedAt { get; init; }

        public string? ProfileName { get; init; }

        public string Address { get; init; } = "";

        public long Confirmed { get; init; }

        public long Asked { get; init; }
    }
}

using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <param name="Id">The person.</param>
/// <param name="Name">As the parent typed it.</param>
/// <param name="Group">The group whose photos are searched for the person.</param>
/// <param name="State">connecting, connected or failed.</param>
/// <param name="IsConfirmed">The group's teacher allows photos to be delivered.</param>
/// <param name="Owner">Display name of the parent who registered; null if unknown.</param>
/// <param name="Address">That parent's address.</param>
/// <param name="Asked">Number of teachers who are being asked to confirm.</param>
/// <param name="CreatedAt">When it was registered.</param>
public sealed record PersonEntry(
    PersonId Id, string Name, GroupId Group, string State, bool IsConfirmed, string? Owner, string Address, int Asked, DateTimeOffset CreatedAt);

/// <param name="Name">As the parent typed it.</param>
/// <param name="GroupName">Name of the group.</param>
/// <param name="Since">When they were registered.</param>
/// <param name="Photos">Number of recent photos in which they were found.</param>
public sealed record PersonFound(string Name, string GroupName, DateTimeOffset Since, long Photos);

/// <summary>A person's name.</summary>
public sealed record PersonName
{
    /// <summary>The person.</summary>
    public PersonId Id { get; init; }

    /// <summary>As the parent typed it.</summary>
    public string Name { get; init; } = "";
}

/// <summary>Lists registered persons for operators, except those being erased.</summary>
public static class RegisteredPersons
{
    /// <summary>The names of all persons, including those being learned or erased, to detect names in texts.</summary>
    public static Task<IReadOnlyList<PersonName>> NamesAsync(Session session) => session.QueryAsync<PersonName>("SELECT id, name FROM persons");

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

    /// <summary>Persons with consent whose name, or one word of it, matches. Reads no data of their guardians.</summary>
    /// <param name="since">Photos before this time are not counted.</param>
    public static async Task<IReadOnlyList<PersonFound>> FindAsync(Session session, string typed, DateTimeOffset since, int most)
    {
        // Compared here because the database knows no accents.
        var named = await session.QueryAsync<NamedRow>(
            $"""
            SELECT p.id, p.name, g.name AS group_name, p.created_at FROM persons p JOIN groups g ON g.id = p.group_id
            WHERE p.state = 'connected' AND EXISTS (SELECT 1 FROM consents c WHERE c.person_id = p.id AND c.{Rules.ConsentStands})
            ORDER BY p.name, p.created_at, p.id
            """);
        var found = new List<PersonFound>();
        foreach (var row in named.Where(row => NameFolding.IsCalled(row.Name, typed)).Take(most))
        {
            var photos = await session.QuerySingleOrDefaultAsync<long>(
                "SELECT COUNT(DISTINCT f.photo_id) FROM faces f JOIN photos p ON p.id = f.photo_id WHERE f.person_id = @id AND p.received_at > @since",
                new { id = row.Id, since = since.ToUnixTimeMilliseconds() });
            found.Add(new PersonFound(row.Name, row.GroupName, DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt), photos));
        }

        return found;
    }

    private sealed record NamedRow
    {
        public PersonId Id { get; init; }

        public string Name { get; init; } = "";

        public string GroupName { get; init; } = "";

        public long CreatedAt { get; init; }
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

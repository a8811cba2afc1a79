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

/// <param name="Name">As the parent typed it.</param>
/// <param name="GroupName">Of the group.</param>
/// <param name="Since">When they were registered.</param>
/// <param name="Photos">In how many photos of late they were found.</param>
public sealed record PersonFound(string Name, string GroupName, DateTimeOffset Since, long Photos);

/// <summary>How somebody is called.</summary>
public sealed record PersonName
{
    /// <summary>The person.</summary>
    public PersonId Id { get; init; }

    /// <summary>As the parent typed it.</summary>
    public string Name { get; init; } = "";
}

/// <summary>Who is registered, for operators; not those who are being forgotten.</summary>
public static class RegisteredPersons
{
    /// <summary>Everybody's name, also of those who are being learned or erased: whom a text may name.</summary>
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

    /// <summary>Those with the name, or with one of its words; only those whose guardian consents. Nothing of their guardians is read.</summary>
    /// <param name="since">Photos before that are not counted.</param>
    public static async Task<IReadOnlyList<PersonFound>> FindAsync(Session session, string typed, DateTimeOffset since, int most)
    {
        // Letters of all alphabets have cases: they are compared here, not by the database.
        var named = await session.QueryAsync<NamedRow>(
            $"""
            SELECT p.id, p.name, g.name AS group_name, p.created_at FROM persons p JOIN groups g ON g.id = p.group_id
            WHERE p.state = 'connected' AND EXISTS (SELECT 1 FROM consents c WHERE c.person_id = p.id AND c.{Rules.ConsentStands})
            ORDER BY p.name, p.created_at, p.id
            """);
        var found = new List<PersonFound>();
        foreach (var row in named.Where(row => IsCalled(row.Name, typed)).Take(most))
        {
            var photos = await session.QuerySingleOrDefaultAsync<long>(
                "SELECT COUNT(DISTINCT f.photo_id) FROM faces f JOIN photos p ON p.id = f.photo_id WHERE f.person_id = @id AND p.received_at > @since",
                new { id = row.Id, since = since.ToUnixTimeMilliseconds() });
            found.Add(new PersonFound(row.Name, row.GroupName, DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt), photos));
        }

        return found;
    }

    private static bool IsCalled(string name, string typed) =>
        string.Equals(name, typed, StringComparison.OrdinalIgnoreCase) || name.Split(' ').Contains(typed, StringComparer.OrdinalIgnoreCase);

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

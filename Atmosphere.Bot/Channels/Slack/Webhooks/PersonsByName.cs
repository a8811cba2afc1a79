using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <param name="Since">When they were registered.</param>
/// <param name="Photos">In how many photos of late they were found.</param>
internal sealed record PersonFound(string Name, string GroupName, DateTimeOffset Since, long Photos);

/// <summary>Registered persons by their name, for colleagues: nothing of their guardians is read.</summary>
internal static class PersonsByName
{
    /// <summary>Those with the name, or with one of its words; only those whose guardian consents.</summary>
    /// <param name="since">Photos before that are not counted.</param>
    public static async Task<IReadOnlyList<PersonFound>> FindAsync(Session session, string typed, DateTimeOffset since, int most)
    {
        // Cases of all alphabets: that is for us to compare.
        var named = await session.QueryAsync<Row>(
            """
            SELECT p.id, p.name, g.name AS group_name, p.created_at FROM persons p JOIN groups g ON g.id = p.group_id
            WHERE p.state = 'connected' AND EXISTS (SELECT 1 FROM consents c WHERE c.person_id = p.id AND c.withdrawn_at IS NULL)
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

    private sealed record Row
    {
        public PersonId Id { get; init; }

        public string Name { get; init; } = "";

        public string GroupName { get; init; } = "";

        public long CreatedAt { get; init; }
    }
}

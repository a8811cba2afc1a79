using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons;

/// <summary>Families in the database.</summary>
internal sealed class Families : IFamilies
{
    internal const string Children =
        """
        SELECT p.id, p.name, gr.name AS group_name, p.state, g.role, g.since, gr.time_zone, gr.confirms, p.confirmed_at, p.portrait
        FROM guardians g JOIN persons p ON p.id = g.person_id JOIN groups gr ON gr.id = p.group_id
        WHERE g.participant_id = @participant AND p.state <> 'erasing'
            AND NOT (p.state = 'failed' AND EXISTS (SELECT 1 FROM requests r WHERE r.pending_id = p.id))
        ORDER BY p.created_at, p.id
        """;

    public async Task<IReadOnlyList<Child>> ChildrenAsync(Session session, ParticipantId participant) =>
        [.. (await session.QueryAsync<Row>(Children, new { participant })).Select(row => row.ToChild())];

    private sealed record Row
    {
        public PersonId Id { get; init; }

        public string Name { get; init; } = "";

        public string GroupName { get; init; } = "";

        public string State { get; init; } = "";

        public string Role { get; init; } = "";

        public long Since { get; init; }

        public string TimeZone { get; init; } = "";

        public int Confirms { get; init; }

        public long? ConfirmedAt { get; init; }

        public MediaKey? Portrait { get; init; }

        public Child ToChild() => new(
            Id, Name, GroupName, State, Role == "owner", DateTimeOffset.FromUnixTimeMilliseconds(Since), TimeZone,
            Confirms == 0 || ConfirmedAt is not null, Portrait);
    }
}

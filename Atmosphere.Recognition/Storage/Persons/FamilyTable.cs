using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>Queries the children of guardians.</summary>
internal static class FamilyTable
{
    /// <summary>SQL: the children guarded by @participant, except those being erased or given up for a request to another parent.</summary>
    internal const string Children =
        """
        SELECT p.id, p.name, p.group_id, gr.name AS group_name, p.state, g.role, g.since, gr.time_zone, gr.confirms, p.confirmed_at, p.portrait
        FROM guardians g JOIN persons p ON p.id = g.person_id JOIN groups gr ON gr.id = p.group_id
        WHERE g.participant_id = @participant AND p.state <> 'erasing'
            AND NOT EXISTS (SELECT 1 FROM requests r WHERE r.pending_id = p.id)
        ORDER BY p.created_at, p.id
        """;

    /// <summary>Oldest first.</summary>
    public static Task<IReadOnlyList<ChildRow>> ChildrenAsync(Session session, ParticipantId participant) =>
        session.QueryAsync<ChildRow>(Children, new { participant });
}

/// <summary>A child and one of its guardians. Times are milliseconds since 1970.</summary>
internal sealed record ChildRow
{
    public PersonId Id { get; init; }

    public string Name { get; init; } = "";

    public GroupId GroupId { get; init; }

    public string GroupName { get; init; } = "";

    public string State { get; init; } = "";

    public string Role { get; init; } = "";

    public long Since { get; init; }

    public string TimeZone { get; init; } = "";

    public int Confirms { get; init; }

    public long? ConfirmedAt { get; init; }

    public MediaKey? Portrait { get; init; }
}

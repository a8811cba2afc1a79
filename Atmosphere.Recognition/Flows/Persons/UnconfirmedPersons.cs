using System.Globalization;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons;

/// <summary>Persons whose photos nobody gets before somebody confirms them: where no teacher is there, or none answers, operators are to know.</summary>
internal static class UnconfirmedPersons
{
    private static readonly TimeSpan _patience = TimeSpan.FromDays(1);

    /// <summary>Once a day and group: those who wait for longer than a day, and those whom nobody was asked about.</summary>
    public static async Task TellOperatorsAsync(Session session, DateTimeOffset now)
    {
        var groups = await session.QueryAsync<Waiting>(
            """
            SELECT p.group_id, COUNT(*) AS persons FROM persons p JOIN groups g ON g.id = p.group_id AND g.confirms = 1 AND g.ended_at IS NULL
            WHERE p.state = 'connected' AND p.confirmed_at IS NULL AND (p.created_at <= @before
                OR NOT EXISTS (SELECT 1 FROM requests r WHERE r.person_id = p.id AND r.kind = 'confirmation' AND r.state = 'open'))
            GROUP BY p.group_id
            """,
            new { before = (now - _patience).ToUnixTimeMilliseconds() });
        foreach (var group in groups)
        {
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"{group.Persons} registered persons of group '{group.GroupId}' wait until a teacher, or you, confirm them: atmosphere persons list --unconfirmed");
            await Notifications.AddDailyAsync(session, NotificationKind.PersonsUnconfirmed, group.GroupId, text, now);
        }
    }

    private sealed record Waiting
    {
        public GroupId GroupId { get; init; }

        public long Persons { get; init; }
    }
}

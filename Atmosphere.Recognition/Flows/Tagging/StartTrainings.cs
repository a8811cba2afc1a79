using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging;

/// <summary>Sees in which groups it is three in the morning, and tags taught something since the last time.</summary>
internal sealed class StartTrainings(Database database, TimeProvider clock) : IStep<Messages.StartTrainings>
{
    private const int Hour = 3;

    public async Task<Effects> HandleAsync(Messages.StartTrainings message, CancellationToken cancellation)
    {
        var groups = await database.ReadAsync(
            session => session.QueryAsync<Row>(
                """
                SELECT g.id, g.time_zone FROM groups g WHERE g.ended_at IS NULL AND g.erasing = 0 AND EXISTS (
                    SELECT 1 FROM persons p JOIN trained_faces t ON t.person_id = p.id
                    WHERE p.group_id = g.id AND t.state = 'sent' AND t.at > COALESCE(g.trained_at, 0))
                ORDER BY g.id
                """),
            cancellation);
        var effects = new Effects();
        foreach (var group in groups.Where(group => IsTime(message.Due, TimeZoneInfo.FindSystemTimeZoneById(group.TimeZone))))
            effects.Change((session, outbox) => StartAsync(session, outbox, group.Id, message.Due));
        return effects;
    }

    private static async Task StartAsync(Session session, IOutbox outbox, GroupId group, DateTimeOffset due)
    {
        var begun = await session.ExecuteAsync(
            "UPDATE groups SET training_due = @at WHERE id = @group AND (training_due IS NULL OR training_due < @at)",
            new { group, at = due.ToUnixTimeMilliseconds() });
        if (begun > 0)
            await outbox.SendAsync(session, new Messages.StartTraining(group));
    }

    /// <summary>Hours that were missed are caught up once, named by the first of them: it may have been three in any of them.</summary>
    private bool IsTime(DateTimeOffset due, TimeZoneInfo zone)
    {
        var (now, day) = (clock.GetUtcNow(), 24);
        for (var hour = due; hour <= now && day-- > 0; hour += TimeSpan.FromHours(1))
        {
            if (TimeZoneInfo.ConvertTime(hour, zone).Hour == Hour)
                return true;
        }

        return TimeZoneInfo.ConvertTime(due, zone).Hour == Hour;
    }

    private sealed record Row
    {
        public GroupId Id { get; init; }

        public string TimeZone { get; init; } = "";
    }
}

using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging.Learning;

/// <summary>Starts the nightly check in groups where it is three in the morning and tags were learned since the last one.</summary>
internal sealed class StartTrainings(Database database, TimeProvider clock) : IStep<Messages.StartTrainings>
{
    private const int Hour = 3;

    public async Task<Effects> HandleAsync(Messages.StartTrainings message, CancellationToken cancellation)
    {
        var groups = await database.ReadAsync(TrainedFaces.GroupsToTrainAsync, cancellation);
        var effects = new Effects();
        foreach (var group in groups.Where(group => IsTime(message.Due, TimeZoneInfo.FindSystemTimeZoneById(group.TimeZone))))
            effects.Change((session, outbox) => StartAsync(session, outbox, group.Id, message.Due));
        return effects;
    }

    private static async Task StartAsync(Session session, IOutbox outbox, GroupId group, DateTimeOffset due)
    {
        if (await GroupTable.AskForTrainingAsync(session, group, due))
            await outbox.SendAsync(session, new Messages.StartTraining(group));
    }

    /// <summary>Missed hours are made up for by one run with the first of them: any of them may have been three in the morning.</summary>
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
}

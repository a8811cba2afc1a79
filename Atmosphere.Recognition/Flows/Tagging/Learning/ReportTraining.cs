using System.Globalization;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Flows.Tagging.Learning;

/// <summary>Tells colleagues in one sentence what was learned from their tags.</summary>
internal sealed class ReportTraining(Database database, IColleagues colleagues, ILogger<ReportTraining> log) : IStep<TrainingEnded>
{
    public async Task<Effects> HandleAsync(TrainingEnded message, CancellationToken cancellation)
    {
        var group = await database.ReadAsync(
            session => GroupTable.ActiveNameAsync(session, message.Group), cancellation);
        if (group is null || !colleagues.Listening)
            return Effects.None;

        var values = new Dictionary<string, string>
        {
            ["group"] = group,
            ["learned"] = message.Learned.ToString(CultureInfo.InvariantCulture),
            ["dropped"] = message.Dropped.ToString(CultureInfo.InvariantCulture),
            ["doubtful"] = message.Doubtful.ToString(CultureInfo.InvariantCulture),
        };
        try
        {
            await colleagues.TellAsync(
                new ColleagueNotice(message.Doubtful > 0 ? "slack.training-report-doubtful" : "slack.training-report", values), null, cancellation);
        }
        catch (Exception error) when (error is not TryLaterException and not HopelessException and not OperationCanceledException)
        {
            // The outcome is unknown: a lost notice is better than a repeated one.
            log.LogWarning(error, "It is not known whether colleagues were told of the training in group {Group}", message.Group);
        }

        return Effects.None;
    }
}

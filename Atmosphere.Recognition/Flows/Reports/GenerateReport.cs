using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Reports;

/// <summary>Counts what happened, and generates the reports whose time has come, by the clock of each group.</summary>
internal sealed class GenerateReport(Database database, ReportMaker maker, IOptions<ReportsOptions> options, TimeProvider clock) : IStep<Messages.GenerateReport>
{
    public async Task<Effects> HandleAsync(Messages.GenerateReport message, CancellationToken cancellation)
    {
        var (groups, now) = (await database.ReadAsync(ReportTable.GroupsAsync, cancellation), clock.GetUtcNow());
        var effects = new Effects().Change(maker.CopyAsync);
        foreach (var group in groups)
        {
            if (ReportCalendar.Due(group, ReportPeriod.Day, options.Value.Daily, message.Due, now) is { } daily)
                effects.Change((session, outbox) => maker.MakeAsync(session, outbox, daily));
            if (ReportCalendar.Due(group, ReportPeriod.Week, options.Value.Weekly, message.Due, now) is { } weekly)
                effects.Change((session, outbox) => maker.MakeAsync(session, outbox, weekly));
        }

        return effects;
    }
}

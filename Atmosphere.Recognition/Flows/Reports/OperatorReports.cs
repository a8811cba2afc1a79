using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Reports;

/// <summary>Generates reports on request, and lists the mails that need an operator's decision. Works beside a server.</summary>
public sealed class OperatorReports
{
    private readonly Database _database;
    private readonly ReportMaker _maker;
    private readonly IOutbox _outbox;
    private readonly TimeProvider _clock;

    internal OperatorReports(Database database, ReportMaker maker, IOutbox outbox, TimeProvider clock) =>
        (_database, _maker, _outbox, _clock) = (database, maker, outbox, clock);

    /// <summary>Generates the report of a group, and publishes it unless that was done before or it has too few faces.</summary>
    /// <param name="end">The day after the last one; null: today, by the group's clock.</param>
    /// <returns>The report; null if there is no such group, or it has ended.</returns>
    public Task<Report?> GenerateAsync(GroupId group, ReportPeriod kind, DateOnly? end, CancellationToken cancellation = default) =>
        _database.WriteAsync(
            async session =>
            {
                if (!await GroupTable.IsActiveAsync(session, group))
                    return null;

                var zone = ReportCalendar.ZoneOf(await GroupTable.TimeZoneAsync(session, group) ?? "UTC");
                var now = _clock.GetUtcNow();
                var report = ReportCalendar.AskedFor(group, kind, end ?? ReportCalendar.DayOf(now, zone), now);
                await _maker.CopyAsync(session);
                await _maker.MakeAsync(session, _outbox, report);
                return await ReportTable.FindAsync(session, group, kind, report.First, report.End);
            },
            cancellation);

    /// <summary>Mails that failed, or of which nobody knows whether they arrived; newest first.</summary>
    public Task<IReadOnlyList<MailRow>> OpenMailsAsync(int limit, CancellationToken cancellation = default) =>
        _database.ReadAsync(session => MailTable.OpenAsync(session, limit), cancellation);

    /// <summary>Sends an open mail again, or drops it. One of which nobody knows whether it arrived may arrive twice.</summary>
    /// <returns>False if there is nothing to decide.</returns>
    public Task<bool> DecideAsync(MailId mail, bool again, CancellationToken cancellation = default) =>
        _database.WriteAsync(
            async session =>
            {
                if (!await MailTable.DecideAsync(session, mail, again))
                    return false;
                if (again)
                    await _outbox.SendAsync(session, new MailWaiting(mail));
                return true;
            },
            cancellation);
}

using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Reports;

/// <summary>Counts the figures of a report, stores it and publishes it on the topic.</summary>
internal sealed class ReportMaker(IOptions<ReportsOptions> options, TimeProvider clock)
{
    // A week, and the week before it.
    private static readonly TimeSpan _compared = TimeSpan.FromDays(15);

    /// <summary>Copies what reports count of the time that may still be compared.</summary>
    public Task CopyAsync(Session session) => ReportCounts.CopyAsync(session, clock.GetUtcNow() - _compared);

    /// <summary>Generates a report; does nothing if the group has ended, or has this report.</summary>
    public async Task MakeAsync(Session session, IOutbox outbox, DueReport report)
    {
        if (await GroupTable.TimeZoneAsync(session, report.Group) is not { } zone)
            return;

        var figures = await FiguresAsync(session, report, ReportCalendar.ZoneOf(zone));
        var (id, skipped) = (ReportId.New(), figures.Faces < options.Value.LeastFaces);
        if (await ReportTable.AddAsync(session, id, report.Group, report.Kind, skipped, report.First, report.End, figures, report.Due, clock.GetUtcNow()) && !skipped)
            await outbox.SendAsync(session, new ReportGenerated(id, report.Group));
    }

    private static async Task<ReportFigures> FiguresAsync(Session session, DueReport report, TimeZoneInfo zone)
    {
        var (group, first, end) = (report.Group, report.First, report.End);
        var (span, past) = (ReportCalendar.SpanOf(first, end, zone), ReportCalendar.SpanOf(first.AddDays(first.DayNumber - end.DayNumber), first, zone));
        var photos = (await ReportCounts.PhotosAsync(session, group, span))
            .ToLookup(photo => ReportCalendar.DayOf(DateTimeOffset.FromUnixTimeMilliseconds(photo.ReceivedAt), zone), photo => photo.Faces);
        var days = Enumerable.Range(0, end.DayNumber - first.DayNumber).Select(first.AddDays).Select(day => new DayFigures(day, photos[day].Count(), photos[day].Sum())).ToList();
        var children = await ReportCounts.ChildrenAsync(session, group, span);
        var photosBefore = await ReportCounts.PhotosAsync(session, group, past);
        return new ReportFigures(
            days.Sum(day => day.Photos),
            days.Sum(day => day.Faces),
            children.Count,
            children.Count(child => child.IsSeen),
            Count(await ReportCounts.DeliveriesAsync(session, group, span)),
            await ReportCounts.AskedAsync(session, group, span),
            await ReportCounts.AnsweredAsync(session, group, span),
            (await ReportCounts.HelpersAsync(session, group, span)).Count,
            await ReportCounts.WaitingAsync(session, group),
            days,
            new PastFigures(
                photosBefore.Count,
                photosBefore.Sum(photo => photo.Faces),
                (await ReportCounts.ChildrenAsync(session, group, past)).Count(child => child.IsSeen),
                Count(await ReportCounts.DeliveriesAsync(session, group, past)).Accepted,
                await ReportCounts.AnsweredAsync(session, group, past)));
    }

    private static DeliveryFigures Count(ILookup<string, int> states)
    {
        var opened = states["read"].Sum();
        var arrived = states["delivered"].Sum() + opened;
        return new DeliveryFigures(states["sent"].Sum() + arrived, arrived, opened, states["failed"].Sum() + states["unknown"].Sum());
    }
}

using System.Globalization;
using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Reports;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bench.Week;

/// <summary>The weekly report beside what the script posted and what the tables say of it.</summary>
internal sealed class WeekReport(WeekPlan plan, Database database, WeekTruth truth, DateOnly monday)
{
    private const int DaysOfWeek = 7;

    /// <returns>A sentence for each figure that differs; none where the script lasts longer than the report.</returns>
    public async Task<IReadOnlyList<string>> DifferencesAsync(OperatorReports reports, CancellationToken cancellation)
    {
        if (plan.Days > DaysOfWeek)
            return [];

        var report = await reports.GenerateAsync(ClassGroup.Id, ReportPeriod.Week, monday.AddDays(DaysOfWeek), cancellation);
        var figures = report!.Figures;
        var faces = await truth.FacesAsync(cancellation);
        (string Name, int Reported, int True)[] pairs =
        [
            ("photos", figures.Photos, plan.Photos),
            ("photos by day", figures.Days.Sum(day => day.Photos), plan.Photos),
            ("days without photos", figures.Days.Count(day => day.Photos == 0), DaysOfWeek - plan.Days),
            ("faces", figures.Faces, faces.Count),
            ("children seen", figures.ChildrenSeen, faces.Select(face => face.Named).OfType<string>().Distinct().Count()),
            ("children", figures.Children, await CountAsync("persons WHERE state = 'connected'", cancellation)),
            ("deliveries", figures.Deliveries.Accepted, await CountAsync("media_distributions WHERE state IN ('sent', 'delivered', 'read')", cancellation)),
            ("questions", figures.Asked, await CountAsync("questions WHERE kind <> 'identified'", cancellation)),
            ("answers", figures.Answered, await CountAsync("questions WHERE kind <> 'identified' AND state = 'decided'", cancellation)),
            ("photos before", figures.Before.Photos, 0),
        ];
        return [.. pairs.Where(pair => pair.Reported != pair.True).Select(
            pair => string.Create(CultureInfo.InvariantCulture, $"The report counts {pair.Reported} {pair.Name}; it should be {pair.True}."))];
    }

    private Task<int> CountAsync(string rows, CancellationToken cancellation) =>
        database.ReadAsync(session => session.QuerySingleOrDefaultAsync<int>($"SELECT COUNT(*) FROM {rows}"), cancellation);
}

using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Messages;

namespace Atmosphere.Bot.Tests.Flows.Reports;

/// <summary>The figures, the days that they belong to, and when there is no report.</summary>
public sealed class WhatReportsCount
{
    private static readonly (string, string) _every = ("Atmosphere:Reports:LeastFaces", "0");

    [Fact]
    public async Task Monday_reports_Friday_Saturday_and_Sunday_so_that_no_day_is_forgotten()
    {
        await using var group = await ReportedClass.StartAsync("UTC", _every);
        await group.AtAsync("2026-03-05T07:02Z");
        await group.PhotoAsync("2026-03-05T10:00Z", 3);
        await group.AtAsync("2026-03-06T07:02Z");
        await group.PhotoAsync("2026-03-06T10:00Z", 4);
        await group.PhotoAsync("2026-03-07T10:00Z", 5);
        await group.PhotoAsync("2026-03-08T23:59Z", 6);
        await group.AtAsync("2026-03-09T07:02Z");
        await group.PhotoAsync("2026-03-09T08:00Z", 7);
        await group.AtAsync("2026-03-10T07:02Z");

        var daily = (await group.ReportsAsync()).Where(report => report.Kind == ReportPeriod.Day).ToList();
        Assert.Equal(
            ["2026-03-04 2026-03-04 0", "2026-03-05 2026-03-05 3", "2026-03-06 2026-03-08 15", "2026-03-09 2026-03-09 7"],
            daily.Select(report => $"{report.FirstDay:yyyy-MM-dd} {report.LastDay:yyyy-MM-dd} {report.Figures.Faces}"));
        Assert.Equal([4, 5, 6], daily[2].Figures.Days.Select(day => day.Faces));
    }

    [Fact]
    public async Task A_week_counts_photos_faces_children_and_deliveries_and_compares_them_with_the_week_before()
    {
        await using var group = await ReportedClass.StartAsync("UTC", _every);
        var (maya, ben) = (await group.ChildAsync("Maya"), await group.ChildAsync("Ben"));
        await group.ChildAsync("Withdrawn", consents: false);
        await group.PhotoAsync("2026-03-03T10:00Z", 4, ben);
        await group.PhotoAsync("2026-03-08T00:00Z", 2, maya);
        await group.PhotoAsync("2026-03-14T23:59Z", 3, maya, ben);
        await group.PhotoAsync("2026-03-15T00:00Z", 9, maya);
        await group.AtAsync("2026-03-15T07:00Z");

        var week = (await group.ReportsAsync()).Single(report => report.Kind == ReportPeriod.Week).Figures;
        Assert.Equal((2, 5, 2, 2), (week.Photos, week.Faces, week.ChildrenSeen, week.Children));
        Assert.Equal((3, 3, 3, 0), (week.Deliveries.Accepted, week.Deliveries.Arrived, week.Deliveries.Opened, week.Deliveries.Failed));
        Assert.Equal((1, 4, 1, 1), (week.Before.Photos, week.Before.Faces, week.Before.ChildrenSeen, week.Before.Accepted));
    }

    [Fact]
    public async Task Photos_that_retention_deleted_are_counted_and_names_that_were_taken_back_are_not()
    {
        await using var group = await ReportedClass.StartAsync("UTC", _every);
        var (maya, ben) = (await group.ChildAsync("Maya"), await group.ChildAsync("Ben"));
        await group.PhotoAsync("2026-03-02T10:00Z", 2, maya);
        var wrong = await group.PhotoAsync("2026-03-02T11:00Z", 1, ben);
        await group.AtAsync("2026-03-02T11:05Z");
        await group.Host.ExecuteAsync($"UPDATE faces SET person_id = NULL, verdict = 'nobody' WHERE photo_id = '{wrong}'");
        await group.AtAsync("2026-03-02T11:10Z");
        await group.AtAsync("2026-03-06T11:10Z");
        await group.Host.RunAsync(new RunRetention(group.Clock.GetUtcNow()));
        Assert.Equal(0, await group.Host.ScalarAsync<int>("SELECT COUNT(*) FROM photos"));
        await group.AtAsync("2026-03-08T07:00Z");

        var week = (await group.ReportsAsync()).Single(report => report.Kind == ReportPeriod.Week).Figures;
        Assert.Equal((2, 3, 1, 2, 2), (week.Photos, week.Faces, week.ChildrenSeen, week.Children, week.Deliveries.Opened));
    }

    [Theory]
    // The clocks go forward on 2026-03-29 (23 hours) and back on 2026-10-25 (25 hours).
    [InlineData("Europe/Berlin", "2026-03-28T23:00Z", "2026-03-29T21:59Z", "2026-03-29T22:00Z", "2026-03-30T05:00Z", "2026-03-29")]
    [InlineData("Europe/Berlin", "2026-10-24T22:00Z", "2026-10-25T22:59Z", "2026-10-25T23:00Z", "2026-10-26T06:00Z", "2026-10-25")]
    // In Beirut and Santiago the change is at midnight: the day begins at one o'clock, or has two midnights.
    [InlineData("Asia/Beirut", "2026-03-28T22:00Z", "2026-03-29T20:59Z", "2026-03-29T21:00Z", "2026-03-30T04:00Z", "2026-03-29")]
    [InlineData("America/Santiago", "2026-09-06T04:00Z", "2026-09-07T02:59Z", "2026-09-07T03:00Z", "2026-09-07T10:00Z", "2026-09-06")]
    public async Task The_night_of_a_clock_change_belongs_to_its_day_as_a_whole(string zone, string first, string last, string next, string due, string day)
    {
        await using var group = await ReportedClass.StartAsync(zone, _every, ("Atmosphere:Reports:Daily", "0 7 * * *"));
        await group.PhotoAsync(DateTimeOffset.Parse(first, System.Globalization.CultureInfo.InvariantCulture).AddSeconds(-1).ToString("o"), 100);
        await group.PhotoAsync(first, 1);
        await group.PhotoAsync(last, 2);
        await group.PhotoAsync(next, 50);
        await group.AtAsync(DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture).AddMinutes(-5).ToString("o"));
        Assert.Empty(await group.ReportsAsync());
        await group.AtAsync(due);

        var report = Assert.Single(await group.ReportsAsync(), report => report.Kind == ReportPeriod.Day);
        Assert.Equal((day, day, 3), ($"{report.FirstDay:yyyy-MM-dd}", $"{report.LastDay:yyyy-MM-dd}", report.Figures.Faces));
    }

    [Fact]
    public async Task A_period_with_fewer_faces_than_the_least_is_skipped()
    {
        await using var group = await ReportedClass.StartAsync();
        await group.PhotoAsync("2026-03-02T10:00Z", 9);
        await group.AtAsync("2026-03-03T07:00Z");
        await group.PhotoAsync("2026-03-03T10:00Z", 10);
        await group.AtAsync("2026-03-04T07:00Z");

        Assert.Equal([true, false], (await group.ReportsAsync()).Select(report => report.IsSkipped));
        Assert.True((await group.GenerateAsync(ReportPeriod.Day, new DateOnly(2026, 2, 20)))!.IsSkipped);
    }

    [Fact]
    public async Task A_group_without_photos_is_skipped_and_one_that_ended_is_not_reported()
    {
        await using var group = await ReportedClass.StartAsync();
        await group.AtAsync("2026-03-02T07:00Z");
        Assert.True(Assert.Single(await group.ReportsAsync()).IsSkipped);

        await group.Host.Database.WriteAsync(session => group.Host.Get<IErasures>().EndGroupAsync(session, RecognitionHost.Class));
        await group.AtAsync("2026-03-03T07:00Z");
        Assert.Equal(1, await group.Host.ScalarAsync<int>("SELECT COUNT(*) FROM reports"));
        Assert.Null(await group.GenerateAsync(ReportPeriod.Week));
        while (await group.Host.TakeAsync() is { } message)
            await group.Host.RunAsync(message);
        Assert.Equal(0, await group.Host.ScalarAsync<int>("SELECT (SELECT COUNT(*) FROM reports) + (SELECT COUNT(*) FROM report_photos)"));
    }

    [Fact]
    public async Task The_timer_twice_the_command_twice_and_a_pause_make_each_report_once()
    {
        await using var group = await ReportedClass.StartAsync("UTC", _every);
        await group.PhotoAsync("2026-03-02T10:00Z", 12);
        await group.AtAsync("2026-03-03T07:00Z");
        await group.AtAsync("2026-03-03T07:00Z");
        var id = (await group.GenerateAsync(ReportPeriod.Day))!.Id;
        Assert.Equal(id, (await group.GenerateAsync(ReportPeriod.Day))!.Id);
        Assert.Single(await group.ReportsAsync());

        // Three mornings were missed: one report covers them.
        await group.AtAsync("2026-03-06T12:00Z");
        var last = (await group.ReportsAsync())[^1];
        Assert.Equal(("2026-03-03", "2026-03-05"), ($"{last.FirstDay:yyyy-MM-dd}", $"{last.LastDay:yyyy-MM-dd}"));
        Assert.Equal(2, (await group.ReportsAsync()).Count);
    }

    [Fact]
    public async Task A_child_who_is_removed_is_not_counted_any_more()
    {
        await using var group = await ReportedClass.StartAsync("UTC", _every);
        var maya = await group.ChildAsync("Maya");
        await group.PhotoAsync("2026-03-02T10:00Z", 2, maya);
        await group.AtAsync("2026-03-02T11:00Z");
        Assert.Equal(1, await group.Host.ScalarAsync<int>("SELECT COUNT(*) FROM report_sightings"));

        await group.Host.Database.WriteAsync(session => group.Host.Get<IErasures>().RemovePersonAsync(session, maya, new ParticipantId("parent of Maya")));
        while (await group.Host.TakeAsync() is { } message)
            await group.Host.RunAsync(message);
        Assert.Equal(0, await group.Host.ScalarAsync<int>("SELECT COUNT(*) FROM report_sightings"));
        Assert.Equal((1, 0, 0), (await group.GenerateAsync(ReportPeriod.Day, new DateOnly(2026, 3, 3)))!.Figures is var figures ? (figures.Photos, figures.ChildrenSeen, figures.Children) : default);
    }
}

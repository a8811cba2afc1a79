using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Reports;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Flows.Reports;

/// <summary>A class whose rows the test writes as the flows leave them, and the steps of reports on a clock of the test's.</summary>
internal sealed class ReportedClass : IAsyncDisposable
{
    private int _number;

    private ReportedClass(RecognitionHost host, TestClock clock) => (Host, Clock) = (host, clock);

    public RecognitionHost Host { get; }

    public TestClock Clock { get; }

    public static async Task<ReportedClass> StartAsync(string zone = "UTC", params (string Key, string Value)[] settings)
    {
        var clock = new TestClock();
        var host = await RecognitionHost.StartAsync(workers: false, clock: clock, settings: settings);
        await host.ExecuteAsync($"UPDATE groups SET time_zone = '{zone}'");
        return new ReportedClass(host, clock);
    }

    /// <summary>Moves the clock, and runs the timer as it would have run then.</summary>
    public async Task AtAsync(string time)
    {
        var now = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        Clock.Advance(now - Clock.GetUtcNow());
        await Host.RunAsync(new Atmosphere.Recognition.Messages.GenerateReport(now));
    }

    public async Task<PersonId> ChildAsync(string name, bool consents = true)
    {
        var child = PersonId.New();
        var parent = await Host.ParentAsync($"parent of {name}");
        await Host.Database.WriteAsync(session => session.ExecuteAsync(
            """
            INSERT INTO persons (id, group_id, name, state, created_at) VALUES (@child, 'class', @name, 'connected', 0);
            INSERT INTO guardians (person_id, participant_id, role, since) VALUES (@child, @parent, 'owner', 0);
            INSERT INTO consents (person_id, participant_id, version, text, given_at, withdrawn_at) VALUES (@child, @parent, '1', 'I agree.', 0, @withdrawn);
            """,
            new { child, name, parent, withdrawn = consents ? (long?)null : 1 }));
        return child;
    }

    /// <summary>A photo of that time with so many faces, of which the first are the children's.</summary>
    public async Task<PhotoId> PhotoAsync(string time, int faces, params PersonId[] children)
    {
        var photo = new PhotoId($"photo-{++_number:000}");
        var at = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
        await Host.Database.WriteAsync(async session =>
        {
            await session.ExecuteAsync(
                """
                INSERT INTO inbox (group_id, source_id, photo_id, received_at) VALUES ('class', @photo, @photo, @at);
                INSERT INTO photos (id, group_id, source_id, state, file_name, received_at, faces, distributed_at) VALUES (@photo, 'class', @photo, 'processed', 'a.jpg', @at, @faces, @at);
                """,
                new { photo, at, faces });
            foreach (var (index, child) in children.Index())
            {
                await session.ExecuteAsync(
                    """
                    INSERT INTO faces (id, photo_id, x, y, width, height, score, person_id, verdict) VALUES (@face, @photo, 1, 1, 9, 9, 1, @child, 'named');
                    INSERT INTO media_distributions (id, photo_id, participant_id, state, created_at, sent_at)
                    SELECT @face, @photo, participant_id, 'read', @at, @at FROM guardians WHERE person_id = @child
                    """,
                    new { face = $"{photo}-{index}", photo, child, at });
            }
        });
        return photo;
    }

    /// <summary>The reports, oldest period first: kind, state, days and figures.</summary>
    public async Task<IReadOnlyList<Atmosphere.Recognition.Storage.Report>> ReportsAsync()
    {
        var ids = await Host.Database.ReadAsync(session => session.QueryAsync<ReportId>("SELECT id FROM reports ORDER BY end_day, first_day DESC"));
        var reports = new List<Atmosphere.Recognition.Storage.Report>();
        foreach (var id in ids)
            reports.Add((await Host.Database.ReadAsync(session => ReportTable.FindAsync(session, id)))!);
        return reports;
    }

    public Task<Atmosphere.Recognition.Storage.Report?> GenerateAsync(ReportPeriod period, DateOnly? end = null) => Host.Get<OperatorReports>().GenerateAsync(RecognitionHost.Class, period, end);

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

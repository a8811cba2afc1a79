using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Flows.Cleanup;

/// <summary>A round of every minute must not cost the more, the more there is that is not due.</summary>
public sealed class ARoundCostsLittle
{
    [Fact]
    public async Task When_nothing_is_due_nothing_is_written()
    {
        await using var host = await CleanupHost.StartAsync();
        var before = host.Recognition.Database.Commits;
        _ = await host.AfterAsync(TimeSpan.Zero);

        Assert.Equal(before, host.Recognition.Database.Commits);
    }

    [Fact]
    public async Task What_looks_at_everything_is_asked_by_the_sweep_alone_and_the_rest_by_the_round_alone()
    {
        Counted quick = new(false), thorough = new(true);
        await using var host = await StartAsync(quick, thorough);

        await host.Recognition.RunAsync(new RunRetention(host.Clock.GetUtcNow()));
        Assert.Equal((1, 0), (quick.Asked, thorough.Asked));
        await host.Recognition.RunAsync(new RunSweep(host.Clock.GetUtcNow()));
        Assert.Equal((1, 1), (quick.Asked, thorough.Asked));
        Assert.Equal(
            [typeof(LateRowsExpire), typeof(ErasureLogExpires), typeof(OrphansExpire), typeof(Counted)],
            host.Recognition.Get<IEnumerable<ITimeToLive>>().Where(kind => kind.LooksAtEverything).Select(kind => kind.GetType()));
    }

    [Fact]
    public async Task Rounds_that_piled_up_while_one_took_long_are_one_round()
    {
        var quick = new Counted(false);
        await using var host = await StartAsync(quick);
        var start = host.Clock.GetUtcNow();
        quick.Work = () => host.Clock.Advance(TimeSpan.FromMinutes(9.5));
        await host.Recognition.RunAsync(new RunRetention(start));
        quick.Work = () => { };

        for (var minute = 1; minute <= 10; minute++)
            await host.Recognition.RunAsync(new RunRetention(start.AddMinutes(minute)));

        // The long one, one for the nine that were due meanwhile, and one for the tenth, which is due later.
        Assert.Equal(3, quick.Asked);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_end_the_rounds()
    {
        var (clock, asked) = (new ClockThatIsSet(), 0);
        var round = new LatestRound(clock);
        await RunAsync();
        clock.Now -= TimeSpan.FromDays(1);
        await RunAsync();
        clock.Now += TimeSpan.FromMinutes(1);
        await RunAsync();

        Assert.Equal(3, asked);

        Task RunAsync() => round.RunAsync(clock.Now, () => Task.FromResult(asked++));
    }

    [Theory]
    [InlineData(PhotoTable.Due, 1)]
    [InlineData(FaceTable.UnknownDue, 2)]
    public async Task The_photos_that_may_be_due_are_found_by_an_index(string due, int parts)
    {
        await using var host = await CleanupHost.StartAsync();
        var plan = await host.Recognition.Database.ReadAsync(session => session.QueryAsync<Step>(
            $"EXPLAIN QUERY PLAN {due}", new { received = 1L, delivered = 1L, oldest = 1L, before = 1L }));

        Assert.DoesNotContain(plan, step => step.Detail.StartsWith("SCAN", StringComparison.Ordinal));
        Assert.Equal(parts, plan.Count(step => step.Detail.Contains("photos_by_time", StringComparison.Ordinal)));
    }

    private static Task<CleanupHost> StartAsync(params ITimeToLive[] kinds) => CleanupHost.StartAsync(adjust: services =>
    {
        foreach (var kind in kinds)
            services.AddSingleton(kind);
    });

    private sealed class Counted(bool everything) : ITimeToLive
    {
        public int Asked { get; private set; }

        public Action Work { get; set; } = () => { };

        public bool LooksAtEverything => everything;

        public Task<int> ExpireAsync(CancellationToken cancellation)
        {
            Asked++;
            Work();
            return Task.FromResult(0);
        }
    }

    private sealed class ClockThatIsSet : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed record Step
    {
        public string Detail { get; init; } = "";
    }
}

using Atmosphere.Bot.Tests.Contracts;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Atmosphere.Bot.Tests.Messaging;

/// <summary>The clock of these tests begins at 2026-03-01 08:00 UTC.</summary>
public sealed class TimersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-timers-").FullName;
    private readonly TestClock _clock = new();
    private readonly Depot _depot = new();

    [Fact]
    public async Task A_timer_sends_its_message_when_it_is_due_and_not_before()
    {
        await using var bus = await StartAsync("0 9 * * *");
        await ForwardAsync(bus, TimeSpan.FromMinutes(59));
        Assert.Empty(_depot.Seen);

        await ForwardAsync(bus, TimeSpan.FromMinutes(2));
        await SeenAsync("count 2026-03-01 09:00");
        await ForwardAsync(bus, TimeSpan.FromHours(24));
        await SeenAsync("count 2026-03-02 09:00");
        Assert.Equal(2, _depot.Seen.Count);
    }

    [Fact]
    public async Task What_was_missed_while_the_program_rested_is_caught_up_once()
    {
        await (await StartAsync("0 9 * * *")).DisposeAsync();
        _clock.Advance(TimeSpan.FromDays(10));

        await using var bus = await StartAsync("0 9 * * *");
        await SeenAsync("count 2026-03-01 09:00");
        await ForwardAsync(bus, TimeSpan.FromMinutes(61));
        await SeenAsync("count 2026-03-11 09:00");
        Assert.Equal(2, _depot.Seen.Count);
    }

    [Fact]
    public async Task What_ran_is_not_run_again_by_the_next_start()
    {
        await using (var first = await StartAsync("0 9 * * *"))
        {
            await ForwardAsync(first, TimeSpan.FromMinutes(61));
            await SeenAsync("count 2026-03-01 09:00");
        }

        await using var bus = await StartAsync("0 9 * * *");
        await ForwardAsync(bus, TimeSpan.FromHours(1));
        Assert.Single(_depot.Seen);
    }

    [Fact]
    public async Task Another_schedule_counts_from_now()
    {
        await (await StartAsync("0 9 * * *")).DisposeAsync();
        _clock.Advance(TimeSpan.FromDays(1));

        await using var bus = await StartAsync("0 12 * * *");
        await ForwardAsync(bus, TimeSpan.FromHours(3));
        Assert.Empty(_depot.Seen);
        await ForwardAsync(bus, TimeSpan.FromMinutes(61));
        await SeenAsync("count 2026-03-02 12:00");
    }

    [Fact]
    public async Task A_timer_that_is_switched_off_rests_and_catches_nothing_up_when_it_is_switched_on()
    {
        await using (var off = await StartAsync("0 9 * * *", ("Atmosphere:Timers:daily:Enabled", "false")))
            await ForwardAsync(off, TimeSpan.FromDays(2));

        await using var bus = await StartAsync("0 9 * * *");
        await QuietAsync(bus);
        Assert.Empty(_depot.Seen);
        await ForwardAsync(bus, TimeSpan.FromMinutes(61));
        await SeenAsync("count 2026-03-03 09:00");
    }

    [Fact]
    public async Task A_timer_runs_by_the_clock_of_its_place()
    {
        await using var bus = await StartAsync("0 9 * * *", ("Atmosphere:Timers:daily:TimeZone", "America/New_York"));
        await ForwardAsync(bus, TimeSpan.FromHours(5));
        Assert.Empty(_depot.Seen);
        await ForwardAsync(bus, TimeSpan.FromMinutes(61));
        await SeenAsync("count 2026-03-01 14:00");
    }

    [Fact]
    public async Task A_run_whose_message_cannot_be_stored_is_still_due()
    {
        await using var bus = await StartAsync("0 9 * * *");
        await bus.Database.WriteAsync(session => session.ExecuteAsync("ALTER TABLE messages RENAME TO away"));
        _clock.Advance(TimeSpan.FromMinutes(61));
        await bus.Database.WriteAsync(session => session.ExecuteAsync("ALTER TABLE away RENAME TO messages"));

        await Eventually.TrueAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                return _depot.Seen.Contains("count 2026-03-01 09:00");
            },
            "it ran after all");
        Assert.Single(_depot.Seen);
    }

    [Fact]
    public async Task Two_programs_that_start_at_once_do_not_run_one_time_twice()
    {
        await using var bus = await StartAsync("0 9 * * *", ("Atmosphere:Timers:daily:Enabled", "false"));
        var flows = new FlowTables([Table("0 9 * * *")], new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build());
        var sent = 0;
        var outbox = new CountingOutbox(() => Interlocked.Increment(ref sent));
        var services = Enumerable.Range(0, 4).Select(_ => new TimerService(flows, bus.Database, outbox, _clock, NullLogger<TimerService>.Instance)).ToList();
        await bus.Database.WriteAsync(session => TimerTable.ScheduleAsync(session, flows.Timers[0].Name, flows.Timers[0].Cron, flows.Timers[0].TimeZone, _clock.GetUtcNow()));

        await Task.WhenAll(services.Select(service => Task.Run(() => service.RunAsync(default))));
        services.ForEach(service => service.Dispose());
        Assert.Equal(1, sent);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static FlowTable Table(string cron) => new("counting", [StepRow.Of<Count, Parcel>("parcels", [])])
    {
        Timers = [TimerRow.Of("daily", cron, "UTC", due => new Parcel($"{due:yyyy-MM-dd HH:mm}"))],
    };

    private Task<EmbeddedBusHost> StartAsync(string cron, params (string Key, string Value)[] settings) =>
        EmbeddedBusHost.StartAsync(_folder, _clock, _depot, [Table(cron)], settings);

    private async Task ForwardAsync(EmbeddedBusHost bus, TimeSpan time)
    {
        _clock.Advance(time);
        await QuietAsync(bus);
    }

    /// <summary>Everything that is due was sent and handled.</summary>
    private Task QuietAsync(EmbeddedBusHost bus) => Eventually.TrueAsync(
        async () =>
        {
            if (await bus.Database.ReadAsync(async session => (await TimerTable.DueAsync(session, _clock.GetUtcNow())).Count) == 0)
                return await bus.DepthAsync() == 0;

            // A clock that was moved just before the timers lay down to rest does not wake them.
            _clock.Advance(TimeSpan.FromSeconds(1));
            return false;
        },
        "nothing is due");

    private Task SeenAsync(string expected) => Eventually.TrueAsync(() => _depot.Seen.Contains(expected), $"'{expected}' was seen");

    private sealed class CountingOutbox(Action sent) : IOutbox
    {
        public Task SendAsync(Session session, Atmosphere.Recognition.Messages.IMessage message, TimeSpan delay = default)
        {
            sent();
            return Task.CompletedTask;
        }
    }
}

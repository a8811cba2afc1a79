using Atmosphere.Bot.Tests.Contracts;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Tests.Messaging;

/// <summary>What a process finds that starts after one that was killed. A copy of a working data folder is what a kill leaves.</summary>
public sealed class AfterACrash : IDisposable
{
    private static readonly FlowTable _table = new("parcels",
    [
        StepRow.Of<Forward, Parcel>("parcels", [typeof(ParcelForwarded)], new RetryPolicy(1, TimeSpan.Zero, TimeSpan.Zero)),
        StepRow.Of<Deliver, ParcelForwarded>("parcels-forwarded", []),
    ]);

    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-crash-").FullName;
    private readonly TestClock _clock = new();

    [Fact]
    public async Task What_was_worked_on_is_worked_on_again_at_once_and_uses_up_no_attempt()
    {
        var killed = await KilledWhileWorkingAsync(Path.Combine(_folder, "0"));

        var depot = new Depot();
        await using var bus = await EmbeddedBusHost.StartAsync(killed, _clock, depot, [_table]);
        await Eventually.TrueAsync(() => depot.Seen.Contains("deliver bomb"), "the message came through");
        Assert.Empty(await bus.DeadLettersAsync());
    }

    [Fact]
    public async Task A_message_that_kills_the_process_again_and_again_is_given_up()
    {
        var folder = Path.Combine(_folder, "0");
        folder = await KilledWhileWorkingAsync(folder);
        folder = await KilledWhileWorkingAsync(folder, begin: false);

        var depot = new Depot();
        await using var bus = await EmbeddedBusHost.StartAsync(folder, _clock, depot, [_table], ("Atmosphere:Messaging:CrashLimit", "3"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(() => depot.Seen.Contains("deliver bomb"), "two deaths are not enough");

        folder = await KilledWhileWorkingAsync(Path.Combine(_folder, "again"));
        folder = await KilledWhileWorkingAsync(folder, begin: false);
        folder = await KilledWhileWorkingAsync(folder, begin: false);
        var last = new Depot();
        await using var survivor = await EmbeddedBusHost.StartAsync(folder, _clock, last, [_table], ("Atmosphere:Messaging:CrashLimit", "3"));
        await Eventually.TrueAsync(() => last.Seen.Contains("deliver lost bomb"), "the step said what happens then");
        Assert.Contains("died 3 times", Assert.Single(await survivor.DeadLettersAsync()).Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("forward bomb", last.Seen);
    }

    [Fact]
    public async Task A_message_that_cannot_even_be_given_up_as_its_step_wants_dies_without_that_and_the_program_starts()
    {
        var folder = await KilledWhileWorkingAsync(Path.Combine(_folder, "0"));

        await using var bus = await EmbeddedBusHost.StartAsync(
            folder, _clock, new Depot(), [new FlowTable("parcels", [StepRow.Of<GiveUpBadly, Parcel>("parcels", [])])], ("Atmosphere:Messaging:CrashLimit", "1"));

        Assert.Contains("died 1 times", Assert.Single(await bus.DeadLettersAsync()).Reason, StringComparison.Ordinal);
        Assert.Equal(0, await bus.DepthAsync());
    }

    [Fact]
    public async Task What_has_been_there_at_several_deaths_lets_the_innocent_go_ahead()
    {
        var folder = await KilledWhileWorkingAsync(Path.Combine(_folder, "0"));
        folder = await KilledWhileWorkingAsync(folder, begin: false);
        folder = await KilledWhileWorkingAsync(folder, begin: false);

        var depot = new Depot();
        await using var bus = await EmbeddedBusHost.StartAsync(folder, _clock, depot, [_table]);
        await bus.SendAsync(new Parcel("innocent"));
        await Eventually.TrueAsync(() => depot.Seen.Contains("deliver innocent"), "the innocent went ahead");
        Assert.DoesNotContain("forward bomb", depot.Seen);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Runs a program on the folder until it works on the bomb, and returns a copy of the folder from that moment.</summary>
    private async Task<string> KilledWhileWorkingAsync(string folder, bool begin = true)
    {
        var depot = new Depot { Work = (_, stop) => Task.Delay(Timeout.Infinite, stop) };
        await using var bus = await EmbeddedBusHost.StartAsync(
            folder, _clock, depot, [_table], ("Atmosphere:Messaging:StopWithin", "00:00:00"));
        if (begin)
            await bus.SendAsync(new Parcel("bomb"));
        else
            _clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(() => depot.Seen.Contains("forward bomb"), "the bomb is worked on");

        var copy = Directory.CreateDirectory($"{folder}-killed").FullName;
        foreach (var file in Directory.GetFiles(folder, "atmosphere.*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal) && !file.EndsWith(".lock", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        foreach (var key in Directory.GetFiles(Path.Combine(folder, "secrets")))
            File.Copy(key, Path.Combine(Directory.CreateDirectory(Path.Combine(copy, "secrets")).FullName, Path.GetFileName(key)));
        return copy;
    }

    private sealed class GiveUpBadly : IStep<Parcel>, IOnExhausted<Parcel>
    {
        public Task<Effects> HandleAsync(Parcel message, CancellationToken cancellation) => Task.FromResult(Effects.None);

        public Effects Exhausted(Parcel message, Exception reason) =>
            new Effects().Change(session => session.ExecuteAsync("INSERT INTO nowhere VALUES (1)"));
    }
}

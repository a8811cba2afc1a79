using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Tests.Contracts;

/// <summary>What every transport promises; a transport's own test class names how it is started.</summary>
public abstract partial class BusContract : IAsyncLifetime
{
    private static readonly RetryPolicy _threeAttempts = new(3, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1));

    internal TestClock Clock { get; } = new();

    internal Depot Depot { get; } = new();

    private static FlowTable Table { get; } = new("parcels",
    [
        StepRow.Subscribe<Forward, Parcel>("parcels", [typeof(ParcelForwarded)], _threeAttempts, workers: 4),
        StepRow.Subscribe<Count, Parcel>("parcels", [], workers: 2),
        StepRow.Of<Deliver, ParcelForwarded>("parcels-forwarded", []),
    ]);

    private IRunningBus Bus { get; set; } = null!;

    /// <summary>Starts a program with the flow, the clock and the depot, on the storage of this test.</summary>
    internal abstract Task<IRunningBus> StartAsync(FlowTable table, Depot depot, TimeProvider clock);

    public async ValueTask InitializeAsync() => Bus = await StartAsync(Table, Depot, Clock);

    public virtual async ValueTask DisposeAsync() => await Bus.DisposeAsync();

    [Fact]
    public async Task Every_subscription_gets_its_own_copy_and_what_a_step_sends_is_handled()
    {
        await Bus.SendAsync(new Parcel("a"));

        await SeenAsync("forward a", "count a", "deliver a");
        await EmptyAsync();
        Assert.Equal(3, Depot.Seen.Count);
    }

    [Fact]
    public async Task A_subscription_that_is_behind_does_not_hold_up_another()
    {
        var goOn = new TaskCompletionSource();
        Depot.Work = (_, _) => goOn.Task;
        for (var i = 0; i < 20; i++)
            await Bus.SendAsync(new Parcel($"{i}"));

        await SeenAsync([.. Enumerable.Range(0, 20).Select(i => $"count {i}")]);
        Assert.Equal(4, Depot.Seen.Count(seen => seen.StartsWith("forward", StringComparison.Ordinal)));
        goOn.SetResult();
        await SeenAsync([.. Enumerable.Range(0, 20).Select(i => $"deliver {i}")]);
        await EmptyAsync();
        Assert.Equal(20, Depot.Seen.Count(seen => seen.StartsWith("count", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Messages_of_one_key_keep_their_order_when_the_program_stops_while_the_first_rests()
    {
        Depot.Work = (_, _) => throw new IOException("Not yet.");
        for (var i = 1; i <= 6; i++)
            await Bus.SendAsync(new Parcel($"{i}", "key"));
        await SeenAsync("forward 1", "count 6");
        await IdleAsync();
        await Bus.DisposeAsync();
        Depot.Work = (_, _) => Task.CompletedTask;

        Bus = await StartAsync(Table, Depot, Clock);
        await AdvanceUntilAsync(() => Depot.Seen.Contains("deliver 6"), TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Equal(
            ["forward 1", .. Enumerable.Range(1, 6).Select(i => $"forward {i}")],
            Depot.Seen.Where(seen => seen.StartsWith("forward", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task However_many_messages_wait_no_more_are_taken_than_are_worked_on()
    {
        var goOn = new TaskCompletionSource();
        Depot.Work = (_, _) => goOn.Task;
        for (var i = 0; i < 200; i++)
            await Bus.SendAsync(new Parcel($"{i}"));

        await Eventually.TrueAsync(async () => await Bus.DepthAsync() == 200, "only one subscription still has its copies");
        Assert.Equal(4, await Bus.TakenAsync());
        goOn.SetResult();
        await EmptyAsync();
    }

    [Fact]
    public async Task A_message_of_a_transaction_that_fails_is_never_handled()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Bus.SendAsync(new Parcel("lost"), afterwards: () => throw new InvalidOperationException()));
        await Bus.SendAsync(new Parcel("kept"));

        await SeenAsync("deliver kept");
        Assert.DoesNotContain("forward lost", Depot.Seen);
    }

    [Fact]
    public async Task A_delayed_message_comes_when_its_time_has_come()
    {
        await Bus.SendAsync(new Parcel("slow"), TimeSpan.FromHours(2));
        await Bus.SendAsync(new Parcel("quick"));

        await SeenAsync("deliver quick");
        Assert.DoesNotContain("forward slow", Depot.Seen);
        await AdvanceUntilAsync(() => Depot.Seen.Contains("deliver slow"), TimeSpan.FromHours(2), TimeSpan.FromHours(2) + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Messages_of_one_key_keep_their_order_even_while_the_first_rests()
    {
        var failed = false;
        Depot.Work = (parcel, _) =>
        {
            if (parcel.Name == "1" && !failed)
            {
                failed = true;
                throw new IOException("Not yet.");
            }

            return Task.CompletedTask;
        };
        for (var i = 1; i <= 9; i++)
            await Bus.SendAsync(new Parcel($"{i}", "key"));
        await Bus.SendAsync(new Parcel("other", "another key"));

        await SeenAsync("forward other");
        await AdvanceUntilAsync(() => Depot.Seen.Contains("deliver 9"), TimeSpan.Zero, TimeSpan.FromSeconds(30));
        var order = Depot.Seen.Where(seen => seen.StartsWith("forward", StringComparison.Ordinal) && seen != "forward other");
        Assert.Equal(["forward 1", .. Enumerable.Range(1, 9).Select(i => $"forward {i}")], order);
    }

    [Fact]
    public async Task Several_workers_work_side_by_side()
    {
        var (running, most) = (0, 0);
        var all = new TaskCompletionSource();
        Depot.Work = async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            if (running == 4)
                all.TrySetResult();
            await all.Task;
            Interlocked.Decrement(ref running);
        };
        for (var i = 0; i < 8; i++)
            await Bus.SendAsync(new Parcel($"{i}"));

        await EmptyAsync();
        Assert.Equal(4, most);
    }

    [Fact]
    public async Task One_correlation_id_goes_from_the_first_message_to_the_last()
    {
        Correlation.Continue("the first webhook");
        await Bus.SendAsync(new Parcel("a"));

        await SeenAsync("deliver a");
        Assert.All(Depot.Correlations, id => Assert.Equal("the first webhook", id));
    }

    [Fact]
    public async Task A_stopped_program_finishes_what_it_began_and_leaves_the_rest_for_the_next()
    {
        var begun = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        Depot.Work = async (_, _) =>
        {
            begun.TrySetResult();
            await goOn.Task;
        };
        for (var i = 0; i < 6; i++)
            await Bus.SendAsync(new Parcel($"{i}", "one after the other"));

        await begun.Task;
        var stopping = Bus.DisposeAsync();
        goOn.SetResult();
        await stopping;
        Assert.DoesNotContain("forward 5", Depot.Seen);

        Bus = await StartAsync(Table, Depot, Clock);
        await SeenAsync("deliver 5");
        await EmptyAsync();
        Assert.Equal(6, Depot.Seen.Count(seen => seen.StartsWith("forward", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_nobody_handles_is_refused_at_once() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Bus.SendAsync(new Unheard()));

    private Task SeenAsync(params string[] expected) =>
        Eventually.TrueAsync(() => expected.All(name => Depot.Seen.Contains(name)), $"{string.Join(", ", expected)} were seen");

    private Task EmptyAsync() => Eventually.TrueAsync(async () => await Bus.DepthAsync() == 0, "all queues are empty");

    /// <summary>Moves the clock until the condition holds: not before <paramref name="earliest"/>, and before <paramref name="latest"/>.</summary>
    private async Task AdvanceUntilAsync(Func<bool> condition, TimeSpan earliest, TimeSpan latest)
    {
        var passed = TimeSpan.Zero;
        var step = (latest - earliest) / 20;
        if (earliest > TimeSpan.Zero)
        {
            passed = earliest - TimeSpan.FromMilliseconds(100);
            await AdvanceAsync(passed);
            Assert.False(condition(), $"It happened before {earliest} had passed.");
        }

        while (!condition())
        {
            Assert.True(passed <= latest, $"It did not happen within {latest}.");
            await AdvanceAsync(step);
            passed += step;
        }
    }

    /// <summary>Moves the clock while nothing is worked on, and waits until nothing is again: a rest is counted from a clock that stands still.</summary>
    private async Task AdvanceAsync(TimeSpan by)
    {
        await IdleAsync();
        Clock.Advance(by);
        await IdleAsync();
    }

    private Task IdleAsync() => Eventually.TrueAsync(async () => await Bus.BusyAsync() == 0, "nothing is worked on, and nothing could be");

    private sealed record Unheard : IMessage;
}

/// <summary>A program that runs the flow of a bus test.</summary>
internal interface IRunningBus : IAsyncDisposable
{
    Task SendAsync(IMessage message, TimeSpan delay = default, Action? afterwards = null);

    /// <summary>How many messages are in all queues, with those that are worked on.</summary>
    Task<int> DepthAsync();

    /// <summary>How many messages are worked on, or could be by now: neither resting nor behind another one.</summary>
    Task<int> BusyAsync();

    /// <summary>How many messages a worker has in its hands.</summary>
    Task<int> TakenAsync();

    Task<IReadOnlyList<DeadParcel>> DeadLettersAsync();
}

/// <summary>A dead letter, with what was written on the message.</summary>
internal sealed record DeadParcel
{
    public string Id { get; init; } = "";

    public string Queue { get; init; } = "";

    public string Type { get; init; } = "";

    public string Body { get; init; } = "";

    public string CorrelationId { get; init; } = "";

    public string? OrderKey { get; init; }

    public int Attempts { get; init; }

    public int Crashes { get; init; }

    public long SentAt { get; init; }

    public long DiedAt { get; init; }

    public string Reason { get; init; } = "";

    public string Stack { get; init; } = "";
}

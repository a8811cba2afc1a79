using Atmosphere.Bot.Tests.Contracts;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Messaging.Operations;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Messaging;

public sealed class DeadLettersTests : IAsyncLifetime
{
    private static readonly FlowTable _table = new("parcels",
    [
        StepRow.Of<Forward, Parcel>("parcels", [typeof(ParcelForwarded)], new RetryPolicy(1, TimeSpan.Zero, TimeSpan.Zero)),
        StepRow.Of<Deliver, ParcelForwarded>("parcels-forwarded", []),
    ]);

    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-dead-").FullName;
    private readonly TestClock _clock = new();
    private readonly Depot _depot = new();
    private EmbeddedBusHost _bus = null!;

    private DeadLetters Letters => _bus.Get<DeadLetters>();

    public async ValueTask InitializeAsync()
    {
        _depot.Work = (parcel, _) => throw new IOException($"{parcel.Name} is too heavy.");
        _bus = await EmbeddedBusHost.StartAsync(_folder, _clock, _depot, [_table]);
    }

    public async ValueTask DisposeAsync()
    {
        await _bus.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task One_that_is_replayed_is_handled_with_its_own_id_and_correlation_and_all_attempts()
    {
        await DieAsync(new Parcel("a", "key"));
        var letter = Assert.Single(await Letters.ListAsync(null, 10));
        Assert.Equal(("parcels", "a is too heavy.", 1, "key"), (letter.Queue, letter.Reason, letter.Attempts, letter.OrderKey));
        Assert.Contains(nameof(Forward), letter.Stack, StringComparison.Ordinal);

        Assert.True(await Letters.ReplayAsync(letter));
        await Eventually.TrueAsync(async () => await Letters.CountAsync(null) == 1, "it died again");
        var again = Assert.Single(await Letters.ListAsync(null, 10));
        Assert.Equal((letter.Id, letter.CorrelationId, 1, 0), (again.Id, again.CorrelationId, again.Attempts, again.Crashes));

        _depot.Work = (_, _) => Task.CompletedTask;
        Assert.True(await Letters.ReplayAsync(again));
        await Eventually.TrueAsync(() => _depot.Seen.Contains("deliver a"), "it came through");
        Assert.All(_depot.Correlations, correlation => Assert.Equal(letter.CorrelationId, correlation));
        Assert.Equal(0, await Letters.CountAsync(null));
    }

    [Fact]
    public async Task Replaying_twice_does_nothing_twice()
    {
        await DieAsync(new Parcel("a"));
        _depot.Work = (_, _) => Task.CompletedTask;
        var letter = Assert.Single(await Letters.ListAsync(null, 10));

        var replayed = await Task.WhenAll(Letters.ReplayAsync(letter), Letters.ReplayAsync(letter), Letters.ReplayAsync(letter));

        Assert.Single(replayed, true);
        await Eventually.TrueAsync(async () => await _bus.DepthAsync() == 0, "all is handled");
        Assert.Single(_depot.Seen, "deliver a");
    }

    [Fact]
    public async Task Those_of_one_key_are_handled_in_the_order_in_which_they_were_sent()
    {
        foreach (var name in new[] { "1", "2", "3", "4" })
        {
            await DieAsync(new Parcel(name, "key"));
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await Eventually.TrueAsync(async () => await _bus.DepthAsync() == 0, "all is quiet");
        _depot.Seen.Clear();
        _depot.Work = (_, _) => Task.CompletedTask;
        foreach (var letter in await Letters.InOrderAsync("parcels"))
            Assert.True(await Letters.ReplayAsync(letter));

        await Eventually.TrueAsync(() => _depot.Seen.Count == 8, "all four came through");
        Assert.Equal(["forward 1", "forward 2", "forward 3", "forward 4"], _depot.Seen.Where(seen => seen.StartsWith("forward", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_that_no_step_can_read_is_refused_and_stays()
    {
        await DieAsync(new Parcel("a"));
        await _bus.Database.WriteAsync(session => session.ExecuteAsync("UPDATE dead_letters SET type = 'Gone.Message'"));
        var letter = Assert.Single(await Letters.ListAsync(null, 10));

        var refused = await Assert.ThrowsAsync<ReplayRefusedException>(() => Letters.ReplayAsync(letter));

        Assert.Contains("No step of this version handles Message", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await Letters.CountAsync(null));
        Assert.True(await Letters.DropAsync(letter.Key));
        Assert.False(await Letters.DropAsync(letter.Key));
    }

    [Fact]
    public async Task What_the_workers_did_is_there_for_another_process_and_the_last_word_is_that_nobody_works()
    {
        await DieAsync(new Parcel("a"));
        _depot.Work = (_, _) => Task.CompletedTask;
        await _bus.SendAsync(new Parcel("b"));
        await Eventually.TrueAsync(() => _depot.Seen.Contains("deliver b"), "it came through");
        await Eventually.TrueAsync(
            async () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(2));
                return (await StateAsync()) is { Handled: 1, Failed: 1, Workers: 1, DeadLetters: 1, Depth: 0 };
            },
            "the counts are written");

        await _bus.DisposeAsync();
        await using var second = await EmbeddedBusHost.StartAsync(_folder, _clock, _depot, [_table]);
        var state = (await second.Get<Queues>().ListAsync())[0];
        Assert.Equal((1L, 1L, 0d), (state.Handled, state.Failed, state.PerSecond));
    }

    private async Task<QueueState> StateAsync() => (await _bus.Get<Queues>().ListAsync())[0];

    private async Task DieAsync(Parcel parcel)
    {
        var before = await Letters.CountAsync(null);
        await _bus.SendAsync(parcel);
        await Eventually.TrueAsync(async () => await Letters.CountAsync(null) > before, $"{parcel.Name} has died");
    }
}

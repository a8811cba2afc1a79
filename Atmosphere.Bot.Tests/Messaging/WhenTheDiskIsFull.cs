using Atmosphere.Bot.Tests.Contracts;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Messaging;

/// <summary>SQLite's own limit of pages stands for a disk without space: the same error at the same places.</summary>
public sealed class WhenTheDiskIsFull : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-full-").FullName;
    private readonly Depot _depot = new();
    private EmbeddedBusHost _bus = null!;

    public async ValueTask InitializeAsync() => _bus = await EmbeddedBusHost.StartAsync(_folder, TimeProvider.System, _depot,
    [
        new FlowTable("parcels",
        [
            StepRow.Of<Forward, Parcel>("parcels", [typeof(ParcelForwarded)], new RetryPolicy(1, TimeSpan.Zero, TimeSpan.Zero)),
            StepRow.Of<Deliver, ParcelForwarded>("parcels-forwarded", []),
        ]),
    ]);

    public async ValueTask DisposeAsync()
    {
        await _bus.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_sender_is_told_and_others_who_waited_with_it_are_told_too()
    {
        await FullAsync();
        var waiting = Enumerable.Range(0, 5).Select(i => _bus.SendAsync(new Parcel(new string('x', 20_000) + i))).ToList();
        foreach (var sending in waiting)
            await Assert.ThrowsAsync<StorageFullException>(() => sending);

        await FreeAsync();
        await _bus.SendAsync(new Parcel("later"));
        await Eventually.TrueAsync(() => _depot.Seen.Contains("deliver later"), "it works again");
        Assert.Equal(2, _depot.Seen.Count);
    }

    [Fact]
    public async Task A_step_waits_for_space_without_using_up_its_attempts()
    {
        var big = new string('x', 20_000);
        await _bus.SendAsync(new Parcel("first"));
        await Eventually.TrueAsync(() => _depot.Seen.Contains("deliver first"), "it works");
        _depot.Work = async (_, _) => await FullAsync();
        await _bus.SendAsync(new Parcel(big));
        await Eventually.TrueAsync(() => _depot.Seen.Count(seen => seen == $"forward {big}") >= 2, "the step was tried again");

        _depot.Work = (_, _) => Task.CompletedTask;
        await FreeAsync();
        await Eventually.TrueAsync(() => _depot.Seen.Contains($"deliver {big}"), "it came through");
        Assert.Empty(await _bus.DeadLettersAsync());
    }

    private Task<int> FullAsync() => _bus.Database.WriteAsync(session => session.ExecuteAsync("PRAGMA max_page_count = 1"));

    private Task<int> FreeAsync() => _bus.Database.WriteAsync(session => session.ExecuteAsync("PRAGMA max_page_count = 1000000"));
}

using Atmosphere.Bot.Tests.Contracts;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Messaging;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>Who stopped the program a few times while the disk was full lost the photos that waited for space: each stop counted as a crash.</summary>
public sealed class ToStopIsNoCrash : IDisposable
{
    private static readonly FlowTable _table = new("parcels",
    [
        StepRow.Of<Forward, Parcel>("parcels", [typeof(ParcelForwarded)]),
        StepRow.Of<Deliver, ParcelForwarded>("parcels-forwarded", []),
    ]);

    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-stop-").FullName;

    [Fact]
    public async Task What_waited_for_space_when_the_program_was_stopped_is_worked_on_when_there_is_space()
    {
        var full = new Depot { Work = (_, _) => throw new StorageFullException("/", new IOException()) };
        await using (var bus = await StartAsync(full))
        {
            await bus.SendAsync(new Parcel("patient"));
            await Eventually.TrueAsync(() => full.Seen.Contains("forward patient"), "the step wants space");
        }

        var free = new Depot();
        await using var again = await StartAsync(free);
        await Eventually.TrueAsync(() => free.Seen.Any(seen => seen.StartsWith("deliver", StringComparison.Ordinal)), "it is through");

        Assert.Contains("deliver patient", free.Seen);
        Assert.Empty(await again.DeadLettersAsync());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<EmbeddedBusHost> StartAsync(Depot depot) =>
        EmbeddedBusHost.StartAsync(_folder, TimeProvider.System, depot, [_table], ("Atmosphere:Messaging:CrashLimit", "1"));
}

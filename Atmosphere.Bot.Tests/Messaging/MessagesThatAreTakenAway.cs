using Atmosphere.Bot.Tests.Contracts;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Tests.Messaging;

/// <summary>A message that is gone while a step works on it, by an operator's hand or another program's.</summary>
public sealed class MessagesThatAreTakenAway : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-taken-").FullName;

    [Fact]
    public async Task What_the_step_wanted_is_not_kept_and_the_worker_goes_on_with_the_next()
    {
        var depot = new Depot();
        await using var bus = await EmbeddedBusHost.StartAsync(_folder, TimeProvider.System, depot,
        [
            new FlowTable("parcels",
            [
                StepRow.Of<Forward, Parcel>("parcels", [typeof(ParcelForwarded)]),
                StepRow.Of<Deliver, ParcelForwarded>("parcels-forwarded", []),
            ]),
        ]);
        depot.Work = (parcel, stop) => parcel.Name == "taken"
            ? bus.Database.WriteAsync(session => session.ExecuteAsync("DELETE FROM messages"), stop)
            : Task.CompletedTask;
        await bus.SendAsync(new Parcel("taken"));
        await Eventually.TrueAsync(async () => depot.Seen.Contains("forward taken") && await bus.DepthAsync() == 0, "it was taken away");

        await bus.SendAsync(new Parcel("next"));
        await Eventually.TrueAsync(() => depot.Seen.Contains("deliver next"), "the next came through");

        Assert.Equal(["forward taken", "forward next", "deliver next"], depot.Seen);
        Assert.Empty(await bus.DeadLettersAsync());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

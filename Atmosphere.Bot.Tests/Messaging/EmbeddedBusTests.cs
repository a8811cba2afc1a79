using Atmosphere.Bot.Tests.Contracts;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Tests.Messaging;

/// <summary>The promises of every transport, kept by the queues in the database.</summary>
public sealed class EmbeddedBusTests : BusContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-bus-").FullName;

    internal override async Task<IRunningBus> StartAsync(FlowTable table, Depot depot, TimeProvider clock) =>
        await EmbeddedBusHost.StartAsync(_folder, clock, depot, [table]);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Messaging;

/// <summary>What waits in the queues, for whoever watches them; also from beside a running server.</summary>
public sealed class Queues(FlowTables flows, Database database, TimeProvider clock)
{
    /// <summary>Every queue of the flows, in their order, and those that still hold something of an older version.</summary>
    public Task<IReadOnlyList<QueueState>> ListAsync(CancellationToken cancellation = default) =>
        database.ReadAsync(session => QueueStateTable.ListAsync(session, flows.Queues, clock.GetUtcNow()), cancellation);

    /// <summary>The message that has been due for longest, whether it waits or is being worked on; null where nothing is due.</summary>
    public Task<OldestMessage?> OldestAsync(CancellationToken cancellation = default) =>
        database.ReadAsync(session => QueueStateTable.OldestAsync(session, flows.Queues, clock.GetUtcNow()), cancellation);
}

using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Messaging.Operations;

/// <summary>Shows the state of the queues. Works beside a running server.</summary>
public sealed class Queues(FlowTables flows, Database database, TimeProvider clock)
{
    /// <summary>All queues in the order of the flows, then queues of an older version that still hold messages.</summary>
    public Task<IReadOnlyList<QueueState>> ListAsync(CancellationToken cancellation = default) =>
        database.ReadAsync(session => QueueStateTable.ListAsync(session, flows.Queues, clock.GetUtcNow()), cancellation);

    /// <summary>The message that has been due the longest, waiting or in progress; null if no message is due.</summary>
    public Task<OldestMessage?> OldestAsync(CancellationToken cancellation = default) =>
        database.ReadAsync(session => QueueStateTable.OldestAsync(session, flows.Queues, clock.GetUtcNow()), cancellation);
}

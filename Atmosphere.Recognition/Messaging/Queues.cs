using Atmosphere.Recognition.Messaging.Embedded;
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

/// <param name="Queue">Where it waits.</param>
/// <param name="Age">Since it was due.</param>
public sealed record OldestMessage(string Queue, TimeSpan Age);

/// <summary>A queue at one moment.</summary>
public sealed record QueueState
{
    /// <summary>Its name.</summary>
    public required string Queue { get; init; }

    /// <summary>Messages in it: waiting, resting or being worked on.</summary>
    public long Depth { get; init; }

    /// <summary>Of these, the ones that rest before their next attempt, or were sent with a delay.</summary>
    public long Resting { get; init; }

    /// <summary>Of these, the ones that are being worked on.</summary>
    public long InWork { get; init; }

    /// <summary>How long the oldest one has been due; null where none is.</summary>
    public TimeSpan? Oldest { get; init; }

    /// <summary>Messages handled a second, over the last ten.</summary>
    public double PerSecond { get; init; }

    /// <summary>Messages handled since the data folder was made.</summary>
    public long Handled { get; init; }

    /// <summary>Attempts that failed since then.</summary>
    public long Failed { get; init; }

    /// <summary>Workers of the server that runs now; 0 where none does.</summary>
    public int Workers { get; init; }

    /// <summary>Dead letters that came from it and are still there.</summary>
    public long DeadLetters { get; init; }
}

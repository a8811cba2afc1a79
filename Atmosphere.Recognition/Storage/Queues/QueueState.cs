namespace Atmosphere.Recognition.Storage;

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

/// <param name="Handled">Messages.</param>
/// <param name="Failed">Attempts.</param>
/// <param name="Died">Messages that became dead letters.</param>
internal readonly record struct QueueCount(long Handled, long Failed, long Died)
{
    public static QueueCount operator -(QueueCount left, QueueCount right) =>
        new(left.Handled - right.Handled, left.Failed - right.Failed, left.Died - right.Died);
}

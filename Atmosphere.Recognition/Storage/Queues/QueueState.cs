namespace Atmosphere.Recognition.Storage;

/// <param name="Queue">Its queue.</param>
/// <param name="Age">Time since it was due.</param>
public sealed record OldestMessage(string Queue, TimeSpan Age);

/// <summary>The state of a queue at one moment.</summary>
public sealed record QueueState
{
    /// <summary>Its name.</summary>
    public required string Queue { get; init; }

    /// <summary>Number of messages: waiting, delayed or in progress.</summary>
    public long Depth { get; init; }

    /// <summary>Of these, delayed messages: waiting for a retry, or sent with a delay.</summary>
    public long Resting { get; init; }

    /// <summary>Of these, messages in progress.</summary>
    public long InWork { get; init; }

    /// <summary>How long the oldest due message has been due; null if none is due.</summary>
    public TimeSpan? Oldest { get; init; }

    /// <summary>Messages handled per second, over the last ten seconds.</summary>
    public double PerSecond { get; init; }

    /// <summary>Messages handled since the data folder was created.</summary>
    public long Handled { get; init; }

    /// <summary>Failed attempts since then.</summary>
    public long Failed { get; init; }

    /// <summary>Workers of the running server; 0 if none is running.</summary>
    public int Workers { get; init; }

    /// <summary>Dead letters of the queue that still exist.</summary>
    public long DeadLetters { get; init; }
}

/// <param name="Handled">Number of handled messages.</param>
/// <param name="Failed">Number of failed attempts.</param>
/// <param name="Died">Number of messages that became dead letters.</param>
internal readonly record struct QueueCount(long Handled, long Failed, long Died)
{
    public static QueueCount operator -(QueueCount left, QueueCount right) =>
        new(left.Handled - right.Handled, left.Failed - right.Failed, left.Died - right.Died);
}

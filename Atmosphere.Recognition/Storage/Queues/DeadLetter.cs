namespace Atmosphere.Recognition.Storage;

/// <summary>Which dead letter is meant: one message may have been given up by several queues.</summary>
public sealed record DeadLetterKey
{
    /// <summary>Of the message.</summary>
    public string Id { get; init; } = "";

    /// <summary>The queue whose step gave it up.</summary>
    public string Queue { get; init; } = "";
}

/// <summary>A message that was given up, as it was sent.</summary>
public sealed record DeadLetter
{
    /// <summary>Of the message; its copies in other queues have the same.</summary>
    public string Id { get; init; } = "";

    /// <summary>The queue whose step gave it up.</summary>
    public string Queue { get; init; } = "";

    /// <summary>Full name of the record.</summary>
    public string Type { get; init; } = "";

    /// <summary>JSON: keys only.</summary>
    public string Body { get; init; } = "";

    public string CorrelationId { get; init; } = "";

    public string? OrderKey { get; init; }

    /// <summary>Attempts that failed.</summary>
    public int Attempts { get; init; }

    /// <summary>Deaths of the program while it worked on it.</summary>
    public int Crashes { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public long SentAt { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public long DiedAt { get; init; }

    /// <summary>The last failure in a sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The last failure with its stack.</summary>
    public string Stack { get; init; } = "";

    /// <summary>Which one it is.</summary>
    public DeadLetterKey Key => new() { Id = Id, Queue = Queue };

    /// <summary>The record without its namespace.</summary>
    public string ShortType => Type[(Type.LastIndexOf('.') + 1)..];
}

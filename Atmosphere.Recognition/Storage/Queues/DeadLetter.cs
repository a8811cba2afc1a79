namespace Atmosphere.Recognition.Storage;

/// <summary>Identifies a dead letter: several queues may have given up the same message.</summary>
public sealed record DeadLetterKey
{
    /// <summary>Id of the message.</summary>
    public string Id { get; init; } = "";

    /// <summary>The queue whose step gave it up.</summary>
    public string Queue { get; init; } = "";
}

/// <summary>A message that was given up, as it was sent.</summary>
public sealed record DeadLetter
{
    /// <summary>Id of the message; its copies in other queues have the same id.</summary>
    public string Id { get; init; } = "";

    /// <summary>The queue whose step gave it up.</summary>
    public string Queue { get; init; } = "";

    /// <summary>Full name of the message type.</summary>
    public string Type { get; init; } = "";

    /// <summary>JSON: ids only.</summary>
    public string Body { get; init; } = "";

    public string CorrelationId { get; init; } = "";

    public string? OrderKey { get; init; }

    /// <summary>Number of failed attempts.</summary>
    public int Attempts { get; init; }

    /// <summary>Number of crashes of the program while handling it.</summary>
    public int Crashes { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public long SentAt { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public long DiedAt { get; init; }

    /// <summary>The last failure in a sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The last failure with its stack trace.</summary>
    public string Stack { get; init; } = "";

    /// <summary>Identifies this dead letter.</summary>
    public DeadLetterKey Key => new() { Id = Id, Queue = Queue };

    /// <summary>Name of the message type without namespace.</summary>
    public string ShortType => Type[(Type.LastIndexOf('.') + 1)..];
}

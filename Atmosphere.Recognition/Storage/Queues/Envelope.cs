namespace Atmosphere.Recognition.Storage;

/// <summary>A message on its way, as any transport stores it.</summary>
internal sealed record Envelope
{
    /// <summary>The same for all copies of a message.</summary>
    public required string Id { get; init; }

    public required string Queue { get; init; }

    /// <summary>Full name of the record.</summary>
    public required string Type { get; init; }

    /// <summary>JSON.</summary>
    public required string Body { get; init; }

    public required string CorrelationId { get; init; }

    public string? OrderKey { get; init; }

    /// <summary>Attempts that failed.</summary>
    public int Attempts { get; init; }

    /// <summary>How often the process died while it worked on the message.</summary>
    public int Crashes { get; init; }

    /// <summary>Milliseconds since 1970.</summary>
    public long SentAt { get; init; }
}

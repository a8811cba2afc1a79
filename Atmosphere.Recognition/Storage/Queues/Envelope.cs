namespace Atmosphere.Recognition.Storage;

/// <summary>A message with its delivery data, as any transport stores it.</summary>
internal sealed record Envelope
{
    /// <summary>The same for all copies of a message.</summary>
    public required string Id { get; init; }

    public required string Queue { get; init; }

    /// <summary>Full name of the message type.</summary>
    public required string Type { get; init; }

    /// <summary>JSON.</summary>
    public required string Body { get; init; }

    public required string CorrelationId { get; init; }

    public string? OrderKey { get; init; }

    /// <summary>Number of failed attempts.</summary>
    public int Attempts { get; init; }

    /// <summary>How often the process crashed while handling the message.</summary>
    public int Crashes { get; init; }

    /// <summary>Milliseconds since 1970.</summary>
    public long SentAt { get; init; }
}

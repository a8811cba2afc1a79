namespace Atmosphere.Recognition.Storage;

/// <summary>A row of the table messages, as Dapper reads it.</summary>
internal sealed record MessageRow
{
    public long Number { get; init; }

    public string Id { get; init; } = "";

    public string Queue { get; init; } = "";

    public string Type { get; init; } = "";

    public string Body { get; init; } = "";

    public string CorrelationId { get; init; } = "";

    public string? OrderKey { get; init; }

    public int Attempts { get; init; }

    public int Crashes { get; init; }

    public long SentAt { get; init; }

    public ClaimedMessage ToClaimed() => new(
        Number,
        new Envelope
        {
            Id = Id,
            Queue = Queue,
            Type = Type,
            Body = Body,
            CorrelationId = CorrelationId,
            OrderKey = OrderKey,
            Attempts = Attempts,
            Crashes = Crashes,
            SentAt = SentAt,
        });
}

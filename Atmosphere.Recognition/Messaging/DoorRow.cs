namespace Atmosphere.Recognition.Messaging;

/// <summary>An entry point of a flow: handles a request from outside, answers it at once and sends messages into the flow.</summary>
public sealed record DoorRow
{
    // Created only by Of: the name of the box is the name of its class.
    private DoorRow()
    {
    }

    /// <summary>Name of the box and of its class.</summary>
    public required string Name { get; init; }

    /// <summary>The caller, such as "camera station".</summary>
    public required string Caller { get; init; }

    /// <summary>The protocol, such as "HTTP".</summary>
    public required string Protocol { get; init; }

    /// <summary>The messages that it can send.</summary>
    public required IReadOnlyList<Type> Sends { get; init; }

    /// <summary>An entry point that is called over HTTP.</summary>
    public static DoorRow Http<TDoor>(string caller, IReadOnlyList<Type> sends)
        where TDoor : class => new()
        {
            Name = typeof(TDoor).Name,
            Caller = caller,
            Protocol = "HTTP",
            Sends = sends,
        };
}

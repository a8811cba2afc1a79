namespace Atmosphere.Recognition.Messaging;

/// <summary>A box that no message starts: somebody outside knocks, is answered at once, and what is to be done is sent into the flow.</summary>
public sealed record DoorRow
{
    // Made by Of alone: the name of the box is that of its class.
    private DoorRow()
    {
    }

    /// <summary>Name of the box and of its class.</summary>
    public required string Name { get; init; }

    /// <summary>Who knocks, such as "camera station".</summary>
    public required string Caller { get; init; }

    /// <summary>How, such as "HTTP".</summary>
    public required string Protocol { get; init; }

    /// <summary>The messages that it may send.</summary>
    public required IReadOnlyList<Type> Sends { get; init; }

    /// <summary>A door of the table at which a program knocks over HTTP.</summary>
    public static DoorRow Http<TDoor>(string caller, IReadOnlyList<Type> sends)
        where TDoor : class => new()
        {
            Name = typeof(TDoor).Name,
            Caller = caller,
            Protocol = "HTTP",
            Sends = sends,
        };
}

using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging.Timers;

namespace Atmosphere.Recognition.Messaging;

/// <summary>A message that is sent on a cron schedule in a time zone. Missed runs are made up for by one run.</summary>
public sealed record TimerRow
{
    // Created only by Of, which knows the message type.
    private TimerRow()
    {
    }

    /// <summary>The name in the settings: <c>Atmosphere:Timers:&lt;name&gt;</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Minute, hour, day of month, month, day of week; for example "30 6 * * mon-fri".</summary>
    public required string Cron { get; init; }

    /// <summary>IANA time zone name, such as Europe/Madrid.</summary>
    public required string TimeZone { get; init; }

    /// <summary>False: the timer is off, and missed runs are not made up for.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The message type that it sends.</summary>
    public required Type MessageType { get; init; }

    internal Func<DateTimeOffset, IMessage> Message { get; init; } = null!;

    internal Schedule Schedule { get; init; } = null!;

    /// <summary>Creates a timer.</summary>
    /// <param name="message">Creates the message from the due time; after a pause, from the first missed one.</param>
    /// <exception cref="FlowTableException">The schedule or the time zone is invalid; the message says what to write.</exception>
    public static TimerRow Of<TMessage>(string name, string cron, string timeZone, Func<DateTimeOffset, TMessage> message)
        where TMessage : IMessage => new()
        {
            Name = name,
            Cron = cron,
            TimeZone = timeZone,
            MessageType = typeof(TMessage),
            Message = due => message(due),
            Schedule = TimerSettings.ScheduleOf($"The timer '{name}'", cron, timeZone),
        };
}

using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging.Timers;

namespace Atmosphere.Recognition.Messaging;

/// <summary>A message that a flow is sent again and again, by the clock of a place. Runs that were missed are caught up once.</summary>
public sealed record TimerRow
{
    // Made by Of alone, which knows the type that the function makes.
    private TimerRow()
    {
    }

    /// <summary>As in the settings: <c>Atmosphere:Timers:&lt;name&gt;</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Minute, hour, day of month, month, day of week; such as "30 6 * * mon-fri".</summary>
    public required string Cron { get; init; }

    /// <summary>IANA name of the place whose clock is meant, such as Europe/Madrid.</summary>
    public required string TimeZone { get; init; }

    /// <summary>False: it rests, and what it misses is not caught up.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The record it sends.</summary>
    public required Type MessageType { get; init; }

    internal Func<DateTimeOffset, IMessage> Message { get; init; } = null!;

    internal Schedule Schedule { get; init; } = null!;

    /// <summary>A timer of the table.</summary>
    /// <param name="message">Made from the time that was due; after a pause, the first one that was missed.</param>
    /// <exception cref="FlowTableException">No such schedule, or no such time zone; the message says what to write.</exception>
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

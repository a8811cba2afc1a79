using System.ComponentModel.DataAnnotations;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Recognition.Messaging;

/// <summary>Section <c>Atmosphere:Messaging</c>.</summary>
public sealed class MessagingOptions
{
    public const string Section = "Atmosphere:Messaging";

    /// <summary>The transport: embedded is queues in the database.</summary>
    [AllowedValues("embedded", ErrorMessage = "embedded, the only one that this version knows")]
    public string Provider { get; set; } = "embedded";

    /// <summary>How often the process may die while it works on a message before the message is given up.</summary>
    [Range(1, 1000), Unit("crashes")]
    public int CrashLimit { get; set; } = 10;

    /// <summary>How long a stopping program lets its workers finish.</summary>
    [TimeRange("00:00:00", "00:01:00")]
    public TimeSpan StopWithin { get; set; } = TimeSpan.FromSeconds(5);
}

namespace Atmosphere.Recognition.Messaging;

/// <summary>Section <c>Atmosphere:Messaging</c>.</summary>
public sealed class MessagingOptions
{
    public const string Section = "Atmosphere:Messaging";

    /// <summary>The transport; default and only choice of this version: embedded (queues in the database).</summary>
    public string Provider { get; set; } = "embedded";

    /// <summary>How often the process may die while it works on a message before the message is given up; 1..1000, default 10.</summary>
    public int CrashLimit { get; set; } = 10;

    /// <summary>How long a stopping program lets its workers finish, hours:minutes:seconds; up to one minute, default 00:00:05.</summary>
    public TimeSpan StopWithin { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The sentences about settings that cannot work; none when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (Provider != "embedded")
            yield return $"{Section}:Provider is {Provider}; this version knows embedded.";
        if (CrashLimit is < 1 or > 1000)
            yield return $"{Section}:CrashLimit is {CrashLimit}; use 1 to 1000 (the default is 10).";
        if (StopWithin < TimeSpan.Zero || StopWithin > TimeSpan.FromMinutes(1))
            yield return $"{Section}:StopWithin is {StopWithin}; use 00:00:00 to 00:01:00 (the default is 00:00:05).";
    }
}

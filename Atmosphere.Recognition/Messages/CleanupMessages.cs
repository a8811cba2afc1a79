namespace Atmosphere.Recognition.Messages;

/// <summary>Delete everything that has passed its retention period.</summary>
/// <param name="Due">When the run was due. Ages are measured by the clock at the start of the run.</param>
public sealed record RunRetention(DateTimeOffset Due) : IMessage;

/// <summary>Check all files and tables for entries that have lost their counterpart.</summary>
/// <param name="Due">When the run was due.</param>
public sealed record RunSweep(DateTimeOffset Due) : IMessage;

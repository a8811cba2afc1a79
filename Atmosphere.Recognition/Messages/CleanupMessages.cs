namespace Atmosphere.Recognition.Messages;

/// <summary>Delete what has outlived its time.</summary>
/// <param name="Due">When the round was due; what is old is judged by the clock at its beginning.</param>
public sealed record RunRetention(DateTimeOffset Due) : IMessage;

/// <summary>Look through all files and tables for what lost its other half.</summary>
/// <param name="Due">When the round was due.</param>
public sealed record RunSweep(DateTimeOffset Due) : IMessage;

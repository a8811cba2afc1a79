namespace Atmosphere.Bot.Channels.Stations;

/// <summary>Section <c>Atmosphere:Channels:Stations</c>: how much a camera station may send at once.</summary>
internal sealed class StationOptions
{
    public const string Section = "Atmosphere:Channels:Stations";

    /// <summary>Images of one request; 1..10,000, default 100.</summary>
    public int MaxImages { get; set; } = 100;

    /// <summary>Bytes of one request, with all of its images; 1,048,576..17,179,869,184, default 536,870,912 (512 MB).</summary>
    public long MaxRequestBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>Requests that are read at a time, each with one image in memory; others wait for their turn; 1..1000, default 64.</summary>
    public int RequestsAtOnce { get; set; } = 64;

    /// <summary>How long a request waits for its turn before it is answered 503, hours:minutes:seconds; up to two minutes, default 00:00:20.</summary>
    public TimeSpan WaitForTurn { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The sentences about settings that cannot work; none when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (MaxImages is < 1 or > 10_000)
            yield return $"{Section}:MaxImages is {MaxImages}; use 1 to 10000 (images of a request; the default is 100).";
        if (MaxRequestBytes is < 1L << 20 or > 1L << 34)
            yield return $"{Section}:MaxRequestBytes is {MaxRequestBytes}; use 1048576 to 17179869184 (bytes; the default is 536870912).";
        if (RequestsAtOnce is < 1 or > 1000)
            yield return $"{Section}:RequestsAtOnce is {RequestsAtOnce}; use 1 to 1000 (the default is 64).";
        if (WaitForTurn < TimeSpan.Zero || WaitForTurn > TimeSpan.FromMinutes(2))
            yield return $"{Section}:WaitForTurn is {WaitForTurn}; use 00:00:00 to 00:02:00 (the default is 00:00:20).";
    }
}

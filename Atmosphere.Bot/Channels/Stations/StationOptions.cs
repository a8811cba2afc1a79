using System.ComponentModel.DataAnnotations;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Bot.Channels.Stations;

/// <summary>Section <c>Atmosphere:Channels:Stations</c>: how much a camera station may send at once.</summary>
internal sealed class StationOptions
{
    public const string Section = "Atmosphere:Channels:Stations";

    /// <summary>Images of one request.</summary>
    [Range(1, 10_000), Unit("images of a request")]
    public int MaxImages { get; set; } = 100;

    /// <summary>Bytes of one request, with all of its images.</summary>
    [Range(1048576d, 17179869184d), Unit("bytes")]
    public long MaxRequestBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>Requests that are read at a time, each with one image in memory; others wait for their turn.</summary>
    [Range(1, 1000), Unit("requests")]
    public int RequestsAtOnce { get; set; } = 64;

    /// <summary>How long a request waits for its turn before it is answered 503.</summary>
    [TimeRange("00:00:00", "00:02:00")]
    public TimeSpan WaitForTurn { get; set; } = TimeSpan.FromSeconds(20);
}

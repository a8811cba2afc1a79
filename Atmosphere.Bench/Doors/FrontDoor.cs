using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Console.Clients;

namespace Atmosphere.Bench.Doors;

/// <summary>Sends requests to a server's two message endpoints repeatedly, and measures the answer times.</summary>
/// <param name="server">The server.</param>
/// <param name="replies">Where the Bot Framework door's replies go.</param>
/// <param name="every">The pause between two knocks.</param>
internal sealed class FrontDoor(Uri server, Uri replies, TimeSpan every)
{
    public async Task<IReadOnlyList<DoorTimes>> MeasureAsync(int requests, CancellationToken cancellation)
    {
        using var parent = await DirectLineClient.StartAsync(server, cancellation);
        using var http = new HttpClient { BaseAddress = server };
        var messages = new double[requests];
        var directLine = new double[requests];
        using var tick = new PeriodicTimer(every);
        for (var i = 0; i < requests; i++)
        {
            await tick.WaitForNextTickAsync(cancellation);
            messages[i] = await TimeAsync(async () =>
            {
                using var answer = await http.PostAsJsonAsync("api/messages", Activity(), cancellation);
                answer.EnsureSuccessStatusCode();
            });
            directLine[i] = await TimeAsync(() => parent.SayAsync("my children", id: null, cancellation));
        }

        return [new("POST /api/messages", messages), new("POST …/conversations/{id}/activities", directLine)];
    }

    private static async Task<double> TimeAsync(Func<Task> call)
    {
        var start = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private JsonObject Activity() => new()
    {
        ["type"] = "message",
        ["id"] = Guid.NewGuid().ToString("N"),
        ["channelId"] = "emulator",
        ["serviceUrl"] = replies.ToString(),
        ["from"] = new JsonObject { ["id"] = "bench-user" },
        ["recipient"] = new JsonObject { ["id"] = "bot" },
        ["conversation"] = new JsonObject { ["id"] = "bench" },
        ["text"] = "my children",
    };
}

/// <param name="Door">The request.</param>
/// <param name="Milliseconds">One answer time a request.</param>
internal sealed record DoorTimes(string Door, double[] Milliseconds)
{
    private static readonly double[] Shares = [0.5, 0.95, 0.99, 1];

    /// <summary>Median, p95, p99 and maximum, milliseconds.</summary>
    public IEnumerable<string> Percentiles => Shares.Select(share => At(share).ToString("0.0", CultureInfo.InvariantCulture));

    /// <summary>Ninety-nine of a hundred were answered sooner, milliseconds.</summary>
    public double P99 => At(0.99);

    private double At(double share)
    {
        var sorted = Milliseconds.Order().ToList();
        return sorted[Math.Min((int)(share * sorted.Count), sorted.Count - 1)];
    }
}

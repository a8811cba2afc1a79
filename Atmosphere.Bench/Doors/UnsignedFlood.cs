using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Atmosphere.Bench.Doors;

/// <summary>Sends large unsigned requests to a server in a separate process, all at once, and measures that process's memory.</summary>
/// <param name="requests">At once.</param>
/// <param name="megabytes">Of each body.</param>
internal sealed class UnsignedFlood(int requests, int megabytes)
{
    private const string Key = "a-key-that-nobody-here-signs-with";

    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(10);

    // Header and value; the signatures are as long as real ones, and of nothing.
    private static readonly (string Path, string[] Signed)[] _doors =
    [
        ("/whatsapp/container", ["X-Atmosphere-Timestamp", "now", "X-Atmosphere-Signature", "sha256=" + new string('0', 64)]),
        ("/whatsapp/waha", ["X-Webhook-Hmac", new string('0', 128)]),
        ("/whatsapp/twilio", ["X-Twilio-Signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="]),
        ("/slack/events", ["X-Slack-Request-Timestamp", "now", "X-Slack-Signature", "v0=" + new string('0', 64)]),
    ];

    public async Task<IReadOnlyList<FloodResult>> RunAsync(TimeProvider clock, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("atmosphere-bench-");
        try
        {
            var address = new Uri($"http://127.0.0.1:{FreePort()}/");
            using var server = Start(folder.FullName, address);
            try
            {
                using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
                await AnswersAsync(http, server, cancellation);
                // What is compiled and pooled by the first requests is not what a flood takes.
                _ = await MeasureAsync(http, server, "warm-up", _doors, _ => true, 20, 65 * 1024, clock, cancellation);
                return
                [
                    await MeasureAsync(http, server, "no signature", _doors, _ => false, requests, megabytes << 20, clock, cancellation),
                    await MeasureAsync(http, server, "a false one, to the container's door", _doors[..1], _ => true, requests, megabytes << 20, clock, cancellation),
                ];
            }
            finally
            {
                server.Kill(entireProcessTree: true);
                await server.WaitForExitAsync(CancellationToken.None);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<FloodResult> MeasureAsync(
        HttpClient http, Process server, string name, (string Path, string[] Signed)[] doors, Func<int, bool> isSigned, int count, int bytes, TimeProvider clock, CancellationToken cancellation)
    {
        var before = Memory(server);
        var peak = before;
        var began = clock.GetTimestamp();
        var flood = Task.WhenAll(Enumerable.Range(0, count).Select(number => SendAsync(http, doors[number % doors.Length], isSigned(number), bytes, clock, cancellation)));
        while (await Task.WhenAny(flood, Task.Delay(_look, cancellation)) != flood)
            peak = Math.Max(peak, Memory(server));
        var answers = (await flood).GroupBy(status => status).OrderBy(group => group.Key)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} x {(group.Key == 0 ? "closed" : group.Key)}"));
        return new FloodResult(name, count, before, Math.Max(peak, Memory(server)), clock.GetElapsedTime(began), string.Join(", ", answers));
    }

    /// <returns>The status; 0 where the server closed the connection while the body was sent.</returns>
    private static async Task<int> SendAsync(HttpClient http, (string Path, string[] Signed) door, bool signed, int bytes, TimeProvider clock, CancellationToken cancellation)
    {
        using var content = new Zeros(bytes);
        content.Headers.ContentType = new(door.Path.EndsWith("twilio", StringComparison.Ordinal) ? "application/x-www-form-urlencoded" : "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, door.Path) { Content = content };
        foreach (var header in signed ? door.Signed.Chunk(2) : [])
            request.Headers.TryAddWithoutValidation(header[0], header[1] == "now" ? $"{clock.GetUtcNow().ToUnixTimeSeconds()}" : header[1]);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    private static Process Start(string folder, Uri address)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        const string WhatsApp = "--Atmosphere:Channels:WhatsApp";
        foreach (var argument in new[]
        {
            "exec", Path.Combine(AppContext.BaseDirectory, "Atmosphere.Bot.dll"), "serve", "--data", folder, "--urls", $"{address}", $"{WhatsApp}:Container:Key={Key}", $"{WhatsApp}:Waha:HmacKey={Key}", $"{WhatsApp}:Waha:BaseUrl=http://127.0.0.1:9/",
            $"{WhatsApp}:Twilio:AccountSid=AC{new string('0', 32)}", $"{WhatsApp}:Twilio:AuthToken={Key}", $"{WhatsApp}:Twilio:PublicUrl={address}",
            $"--Atmosphere:Channels:Slack:SigningSecret={new string('0', 32)}", "--Atmosphere:Channels:Slack:BotToken=none", "--Atmosphere:Channels:Slack:Channel=C0000000000",
            "--Atmosphere:Channels:Slack:ApiBaseUrl=http://127.0.0.1:9/",
        })
        {
            start.ArgumentList.Add(argument);
        }

        var server = Process.Start(start)!;
        // Unread output would fill the pipe.
        server.OutputDataReceived += (_, _) => { };
        server.ErrorDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        return server;
    }

    private static async Task AnswersAsync(HttpClient http, Process server, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                using var response = await http.GetAsync("healthz/live", cancellation);
                return;
            }
            catch (HttpRequestException) when (!server.HasExited)
            {
                await Task.Delay(_look, cancellation);
            }
        }
    }

    private static long Memory(Process server)
    {
        server.Refresh();
        return server.WorkingSet64;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A body that is not in our memory either.</summary>
    private sealed class Zeros(int length) : HttpContent
    {
        private static readonly byte[] _part = new byte[64 * 1024];

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var left = length; left > 0; left -= _part.Length)
                await stream.WriteAsync(_part.AsMemory(0, Math.Min(left, _part.Length)));
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }
}

/// <param name="Signature">What the requests had for one.</param>
/// <param name="Requests">At once.</param>
/// <param name="Before">Memory of the server's process, bytes.</param>
/// <param name="Peak">At most, bytes.</param>
/// <param name="Lasted">Until the last was answered.</param>
/// <param name="Answers">How many of each status.</param>
internal sealed record FloodResult(string Signature, int Requests, long Before, long Peak, TimeSpan Lasted, string Answers)
{
    public double GrowthMegabytes => (Peak - Before) / 1e6;
}

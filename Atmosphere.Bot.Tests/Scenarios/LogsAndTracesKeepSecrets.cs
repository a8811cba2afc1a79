using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Console.Clients;
using Atmosphere.Bot.Tests.Console;
using Atmosphere.Bot.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>
/// A whole day of the program: a parent registers a child, photos are posted, one is delivered and looked at, one is damaged. Then all that
/// it logged, and all that it sent to a collector, is searched for what must not be there.
/// </summary>
public sealed partial class LogsAndTracesKeepSecrets : IAsyncLifetime
{
    private const string Child = "Zebulonia Quill";

    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _photos = new();
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _collected = [];
    private readonly List<string> _secrets = ["Zebulonia", "Quill", "class-trip", "torn-picture", "127.0.0.1", "[::1]", "door-of-a-friend", "972501234567"];
    private string _trace = "";
    private string _log = "";
    private LocalVendor _collector = null!;
    private LocalVendor _friend = null!;

    public async ValueTask InitializeAsync()
    {
        _collector = await LocalVendor.StartAsync(CollectAsync);
        _friend = await LocalVendor.StartAsync(context => context.Response.WriteAsJsonAsync(new { id = "1" }));
        var server = new ServerProcess(_data.Path, new()
        {
            ["Atmosphere__Telemetry__OtlpEndpoint"] = _collector.Address.ToString(),
            ["Atmosphere__Telemetry__Interval"] = "00:00:01",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        });
        using (server)
        {
            await server.StartAsync();
            await LiveAsync(server.Address);
            await Eventually.TrueAsync(
                () => Collected("/v1/traces").Contains("SendOutboundMessage", StringComparison.Ordinal)
                    && Collected("/v1/traces").Contains("System.Net.Http", StringComparison.Ordinal)
                    && Collected("/v1/metrics").Contains("http.client.request.duration", StringComparison.Ordinal)
                    && Collected("/v1/metrics").Contains("dotnet.gc.collections", StringComparison.Ordinal)
                    && Collected("/v1/metrics").Contains("atmosphere.queue.depth", StringComparison.Ordinal)
                    && Collected("/v1/metrics").Contains("atmosphere.deliveries", StringComparison.Ordinal),
                "the collector has everything");
        }

        _log = server.Output;
    }

    public async ValueTask DisposeAsync()
    {
        await _collector.DisposeAsync();
        await _friend.DisposeAsync();
        _data.Dispose();
        _photos.Dispose();
    }

    [Fact]
    public void Nothing_that_leads_to_a_person_is_in_a_log_line_a_trace_or_a_metric()
    {
        var lines = _log.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.NotEmpty(lines);
        foreach (var line in lines)
        {
            var entry = JsonNode.Parse(line)!;
            Assert.EndsWith("Z", $"{entry["time"]}", StringComparison.Ordinal);
            // Where to click is the server's own address, not a visitor's.
            if ($"{entry["message"]}".StartsWith("Atmosphere is ready: open http://", StringComparison.Ordinal))
                continue;
            Assert.All(_secrets, secret => Assert.DoesNotContain(secret, line, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotMatch(PhoneNumber(), line);
        }

        foreach (var sent in new[] { Collected("/v1/traces"), Collected("/v1/metrics") })
            Assert.All(_secrets, secret => Assert.DoesNotContain(secret, sent, StringComparison.OrdinalIgnoreCase));
        foreach (var tag in new[] { "url.path", "url.full", "url.query", "client.address", "user_agent" })
            Assert.DoesNotContain(tag, Collected("/v1/traces"), StringComparison.Ordinal);

        // From the request of the sender to the delivery, all boxes of the photo in one trace.
        foreach (var step in new[] { "IntakeGroupMessage", "ProcessImage", "DistributeMedia", "SendOutboundMessage" })
            Assert.True(IsInTrace(step), $"{step} is not in the photo's trace.");
        foreach (var metric in new[] { "atmosphere.step.duration", "atmosphere.queue.depth", "atmosphere.queue.oldest", "atmosphere.deliveries" })
            Assert.Contains(metric, Collected("/v1/metrics"), StringComparison.Ordinal);
    }

    private async Task LiveAsync(Uri server)
    {
        using var parent = await DirectLineClient.StartAsync(server, default);
        await ChildRegistration.ByChatAsync(parent, Child, Path.Combine(SharedPhotos.Samples, "sample6.jpg"), 1, null, default);

        await WriteAsync(server, new Uri(_friend.Address, "door-of-a-friend/"));

        _trace = Guid.NewGuid().ToString("N");
        File.Copy(Path.Combine(SharedPhotos.Samples, "sample6.jpg"), _photos["class-trip.jpg"]);
        await File.WriteAllBytesAsync(_photos["torn-picture.jpg"], (await File.ReadAllBytesAsync(_photos["class-trip.jpg"]))[..20_000]);
        using var group = new GroupClient(server);
        await PostAsync(server, _photos["class-trip.jpg"]);
        await group.PostAsync(_photos["torn-picture.jpg"], "torn", default);
        await group.FinishedAsync("one", default);
        await group.FinishedAsync("torn", default);

        var lines = await parent.ReadUntilAsync(line => line.Pictures.Count > 0, Eventually.Limit, default);
        var picture = lines.SelectMany(line => line.Pictures).First();
        Assert.NotEmpty(await parent.DownloadAsync(picture, default));
        _secrets.Add($"{picture}".Split('/')[^1]);
    }

    /// <summary>Writes as a chat whose answers go to an address with a secret path, in a conversation that is a phone number.</summary>
    private static async Task WriteAsync(Uri server, Uri answers)
    {
        using var http = new HttpClient { BaseAddress = server };
        using var response = await http.PostAsJsonAsync("api/messages", new
        {
            type = "message",
            id = Guid.NewGuid().ToString("N"),
            channelId = "emulator",
            serviceUrl = answers,
            text = "hello",
            from = new { id = "+972501234567", name = Child },
            recipient = new { id = "bot" },
            conversation = new { id = "+972501234567" },
        });
        response.EnsureSuccessStatusCode();
    }

    private async Task PostAsync(Uri server, string file)
    {
        using var http = new HttpClient { BaseAddress = server };
        using var form = new MultipartFormDataContent { { new ByteArrayContent(await File.ReadAllBytesAsync(file)), "photo", Path.GetFileName(file) } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "playground/groups/class/photos") { Content = form };
        request.Headers.Add("Idempotency-Key", "one");
        request.Headers.Add("traceparent", $"00-{_trace}-b7ad6b7169203331-01");
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    private async Task CollectAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _collected.Enqueue((context.Request.Path, body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }

    private string Collected(string path) =>
        string.Concat(_collected.Where(sent => sent.Path == path).Select(sent => Encoding.Latin1.GetString(sent.Body)));

    /// <summary>A span is a message of OTLP: field 1 is its trace id (16 bytes), field 5 its name.</summary>
    private bool IsInTrace(string step)
    {
        var traces = Collected("/v1/traces");
        var span = $"\n\u0010{Encoding.Latin1.GetString(Convert.FromHexString(_trace))}";
        var name = $"*{(char)step.Length}{step}";
        for (var at = traces.IndexOf(span, StringComparison.Ordinal); at >= 0; at = traces.IndexOf(span, at + 1, StringComparison.Ordinal))
        {
            if (traces.AsSpan(at, Math.Min(80, traces.Length - at)).Contains(name, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    [GeneratedRegex(@"\+\d{2,3}[ \d-]{7,}")]
    private static partial Regex PhoneNumber();
}

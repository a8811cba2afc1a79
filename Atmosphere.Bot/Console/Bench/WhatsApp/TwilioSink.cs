using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace Atmosphere.Bot.Console.Bench.WhatsApp;

/// <summary>Plays Twilio's Messages API: takes the bot's messages and counts them by their receiver.</summary>
internal sealed class TwilioSink : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, int> _received = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<object>> _lists = new(StringComparer.Ordinal);
    private readonly WebApplication _app;
    private int _count;

    private TwilioSink(WebApplication app) => _app = app;

    /// <summary>With a / at its end.</summary>
    public Uri Address => new(new Uri(_app.Urls.First()), "/");

    public int Count => Volatile.Read(ref _count);

    /// <summary>Messages to whatsapp:+number.</summary>
    public int ReceivedBy(string to) => _received.GetValueOrDefault(to);

    public static async Task<TwilioSink> StartAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://{IPAddress.Loopback}:0");
        var app = builder.Build();
        var sink = new TwilioSink(app);
        app.MapPost("/2010-04-01/Accounts/{account}/Messages.json", sink.TakeAsync);
        // Whoever's call had no end asks what became of it.
        app.MapGet("/2010-04-01/Accounts/{account}/Messages.json", (string to) => Results.Json(new { messages = sink._lists.GetValueOrDefault(to, []).Reverse() }));
        await app.StartAsync(cancellation);
        return sink;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task<IResult> TakeAsync(HttpContext context, string account)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var to = form["To"].ToString();
        _received.AddOrUpdate(to, 1, (_, count) => count + 1);
        var sid = string.Create(CultureInfo.InvariantCulture, $"SM{Interlocked.Increment(ref _count):x32}");
        _lists.GetOrAdd(to, _ => []).Enqueue(new { sid, body = form["Body"].ToString(), direction = "outbound-api", status = "queued", date_created = TimeProvider.System.GetUtcNow().ToString("r") });
        return Results.Json(new { sid, account_sid = account, status = "queued", to, from = form["From"].ToString() }, statusCode: 201);
    }
}

using System.Net;
using Atmosphere.Bot.Console;

namespace Atmosphere.Bench.Doors;

/// <summary>The channel's side of the Bot Framework: takes the bot's replies and throws them away.</summary>
internal sealed class ReplySink : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ReplySink(WebApplication app) => _app = app;

    public Uri Address => Server.Address(_app);

    public static async Task<ReplySink> StartAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://{IPAddress.Loopback}:0");
        var app = builder.Build();
        app.MapFallback(() => TypedResults.Ok(new { id = Guid.NewGuid().ToString("N") }));
        await app.StartAsync(cancellation);
        return new ReplySink(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

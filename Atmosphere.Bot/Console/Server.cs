using System.Diagnostics;
using Atmosphere.Bot.Console.Health;
using Atmosphere.Bot.Console.Logs;
using Atmosphere.Bot.Console.Playground;
using Atmosphere.Bot.Console.Tracing;
using Atmosphere.Bot.Console.Verbs;
using Atmosphere.Recognition;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Console;

/// <summary>The whole program as a web server.</summary>
internal static class Server
{
    /// <summary>Serves until it is told to stop. The first line it prints says where to click.</summary>
    public static async Task RunAsync(ServeSettings settings, CancellationToken cancellation)
    {
        // The Bot Framework's SDK writes refused tokens there, which on Linux is the system's log.
        Trace.Listeners.Clear();
        var json = LogOptions.AreJson(settings.Settings, isTerminal: !System.Console.IsOutputRedirected);
        await using var app = Build(settings, builder => builder.Logging.AddLogFormat(json));
        app.Lifetime.ApplicationStarted.Register(() => SayReady(app, json));
        await app.RunAsync(cancellation);
    }

    /// <summary>The server, not yet started.</summary>
    /// <param name="settings">Where it serves, from what data folder, with what settings.</param>
    /// <param name="adjust">Changes what was added, last of all.</param>
    public static WebApplication Build(ServeSettings settings, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(settings.Settings);
        builder.WebHost.UseUrls(settings.Urls.Split(';'));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024;
            // What a connection may send before somebody reads it; the headers may have 32 KB.
            kestrel.Limits.MaxRequestBufferSize = 64 * 1024;
        });
        builder.Services.AddRecognition(builder.Configuration);
        builder.Services.AddBot(builder.Configuration);
        builder.Services.AddPlayground();
        builder.Services.AddHealth();
        builder.Services.AddTelemetry(builder.Configuration);
        adjust?.Invoke(builder);

        var app = builder.Build();
        // Before anything reads one of them: the sentences about all settings are wanted at once.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.UseCorrelation();
        app.MapHealth();
        app.MapBot();
        app.MapPlayground();
        return app;
    }

    /// <summary>A plain line among lines of JSON would be none of them.</summary>
    private static void SayReady(WebApplication app, bool json)
    {
        if (json)
            app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Atmosphere").LogInformation("Atmosphere is ready: open {Address} in your browser", Address(app));
        else
            System.Console.WriteLine($"Atmosphere is ready: open {Address(app)} in your browser (Ctrl+C stops it).");
    }

    /// <summary>Where a started server answers, as a browser on this machine would write it.</summary>
    public static Uri Address(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new Uri(addresses.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal));
    }
}

using System.Diagnostics;
using Atmosphere.Bot.Console.Health;
using Atmosphere.Bot.Console.Logs;
using Atmosphere.Bot.Console.Playground;
using Atmosphere.Bot.Console.Tracing;
using Atmosphere.Bot.Console.Verbs;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition;
using Atmosphere.Recognition.Flows.Models;
using Atmosphere.Recognition.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Console;

/// <summary>Builds and runs the program as a web server.</summary>
internal static class Server
{
    // The most that a connection may send before it is read, bytes; headers may have 32 KB.
    private const int MostUnread = 64 * 1024;

    private static readonly string[] _failuresOfTheStart = ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"];

    /// <summary>Runs the server until it is stopped. The first line printed contains its address.</summary>
    public static async Task RunAsync(ServeSettings settings, CancellationToken cancellation)
    {
        // The Bot Framework SDK writes refused tokens to trace listeners, which on Linux go to the system log.
        Trace.Listeners.Clear();
        var json = LogOptions.AreJson(settings.Settings, isTerminal: !System.Console.IsOutputRedirected);
        bool startsAnew;
        do
        {
            await UseWantedModelAsync(settings.Settings, settings.DataFolder, cancellation);
            startsAnew = await RunOnceAsync(settings, json, cancellation) && !cancellation.IsCancellationRequested;
        }
        while (startsAnew);
    }

    /// <summary>Before the server is built: takes over the vectors of another recogniser, if an operator wants one and they are there.</summary>
    public static async Task UseWantedModelAsync(IConfiguration settings, string folder, CancellationToken cancellation)
    {
        if (!ModelUse.IsAnotherWanted(folder))
            return;
        await using var services = Shell.Everything(settings).BuildServiceProvider();
        var database = services.GetRequiredService<Database>();
        if (await BotSchema.Whole.IsAppliedAsync(database, cancellation))
            _ = await services.GetRequiredService<ModelSwitch>().ApplyAsync(cancellation);
    }

    /// <returns>Whether it stopped in order to start anew with another recogniser.</returns>
    private static async Task<bool> RunOnceAsync(ServeSettings settings, bool json, CancellationToken cancellation)
    {
        var started = false;
        await using var app = Build(settings, builder =>
        {
            builder.Logging.AddLogFormat(json);
            // What stops the start is said once, in a sentence, by the command line.
            foreach (var category in _failuresOfTheStart)
                builder.Logging.AddFilter(category, level => started && level >= LogLevel.Warning);
        });
        var models = app.Services.GetRequiredService<ModelSwitch>();
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            started = true;
            SayReady(app, json);
        });
        try
        {
            await app.RunAsync(cancellation);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            throw new VerbException(
                $"Something else serves at {settings.Urls} already, perhaps another Atmosphere. Stop it, or serve elsewhere, such as --urls http://localhost:4000.", error);
        }

        return models.IsReady;
    }

    /// <summary>Builds the server without starting it.</summary>
    /// <param name="settings">Addresses, data folder and settings.</param>
    /// <param name="adjust">Runs last and may change any registration.</param>
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
            kestrel.Limits.MaxRequestBufferSize = MostUnread;
        });
        // The sockets have a limit of their own, 1 MB a connection: 200 of them that wait for a place would hold 200 MB.
        builder.WebHost.UseSockets(sockets => sockets.MaxReadBufferSize = MostUnread);
        builder.Services.AddProgramItself();
        builder.Services.AddRecognition(builder.Configuration);
        builder.Services.AddBot(builder.Configuration);
        builder.Services.AddPlayground();
        builder.Services.AddHealth();
        builder.Services.AddTelemetry(builder.Configuration);
        adjust?.Invoke(builder);

        var app = builder.Build();
        // Validate before any setting is read, so that all errors are reported at once.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.UseCorrelation();
        app.MapHealth();
        app.MapBot();
        app.MapPlayground();
        return app;
    }

    /// <summary>Not printed with JSON logs, where a plain line would break the format.</summary>
    private static void SayReady(WebApplication app, bool json)
    {
        if (json)
            app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Atmosphere").LogInformation("Atmosphere is ready: open {Address} in your browser", Address(app));
        else
            System.Console.WriteLine($"Atmosphere is ready: open {Address(app)} in your browser (Ctrl+C stops it).");
    }

    /// <summary>The address of a started server, for a browser on this machine.</summary>
    public static Uri Address(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new Uri(addresses.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal));
    }
}

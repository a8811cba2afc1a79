using Atmosphere.Bot.Console.Playground;
using Atmosphere.Bot.Console.Verbs;
using Atmosphere.Recognition;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Atmosphere.Bot.Console;

/// <summary>The whole program as a web server.</summary>
internal static class Server
{
    /// <summary>Serves until it is told to stop. The first line it prints says where to click.</summary>
    public static async Task RunAsync(ServeSettings settings, CancellationToken cancellation)
    {
        await using var app = Build(settings);
        app.Lifetime.ApplicationStarted.Register(() =>
            System.Console.WriteLine($"Atmosphere is ready: open {Address(app)} in your browser (Ctrl+C stops it)."));
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
        });
        builder.Services.AddRecognition(builder.Configuration);
        builder.Services.AddBot(builder.Configuration);
        builder.Services.AddPlayground();
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.MapBot();
        app.MapPlayground();
        return app;
    }

    /// <summary>Where a started server answers, as a browser on this machine would write it.</summary>
    public static Uri Address(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new Uri(addresses.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal));
    }
}

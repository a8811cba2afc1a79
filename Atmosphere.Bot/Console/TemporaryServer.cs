using Atmosphere.Bot.Console.Verbs;

namespace Atmosphere.Bot.Console;

/// <summary>The whole program on a free port and an empty data folder, both gone when it is disposed.</summary>
internal sealed class TemporaryServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private TemporaryServer(WebApplication app, string folder)
    {
        _app = app;
        _folder = folder;
    }

    public IServiceProvider Services => _app.Services;

    public Uri Address => Server.Address(_app);

    /// <param name="settings">As the verb was given them; data folder and addresses are this server's own, and only warnings are logged.</param>
    /// <param name="cancellation">Gives up starting.</param>
    /// <param name="adjust">Changes what was added, last of all.</param>
    public static async Task<TemporaryServer> StartAsync(
        IConfigurationRoot settings, CancellationToken cancellation, Action<IServiceCollection>? adjust = null)
    {
        var folder = Directory.CreateTempSubdirectory("atmosphere-").FullName;
        settings[Shell.DataKey] = folder;
        settings["Logging:LogLevel:Default"] = "Warning";
        var server = new TemporaryServer(Server.Build(new ServeSettings(settings, folder, "http://127.0.0.1:0"), builder => adjust?.Invoke(builder.Services)), folder);
        try
        {
            await server._app.StartAsync(cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

using Atmosphere.Bot.Console.Verbs;

namespace Atmosphere.Bot.Console;

/// <summary>A server on a free port with an empty data folder; both are released on disposal.</summary>
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

    /// <param name="settings">The verb's settings, except for the data folder and addresses; only warnings are logged.</param>
    /// <param name="cancellation">Cancels the start.</param>
    /// <param name="adjust">Runs last and may change any registration.</param>
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

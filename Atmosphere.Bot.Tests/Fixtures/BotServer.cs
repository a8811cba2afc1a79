using Atmosphere.Bot.Console;
using Atmosphere.Bot.Console.Verbs;
using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Bot.Tests.Fixtures;

/// <summary>The real bot on a free port of this machine with a data folder of its own; it can be restarted on the same data.</summary>
internal sealed class BotServer : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _settings;
    private readonly Action<IServiceCollection> _replace;
    private WebApplication _app = null!;

    private BotServer(Dictionary<string, string?> settings, Action<IServiceCollection> replace)
    {
        _settings = settings;
        _replace = replace;
    }

    /// <summary>Its data folder; deleted with the server.</summary>
    public string Data { get; } = Directory.CreateTempSubdirectory("atmosphere-bot-").FullName;

    public Uri Address { get; private set; } = null!;

    public CapturedLog Log { get; } = new();

    public IServiceProvider Services => _app.Services;

    /// <summary>With a class in which no teacher confirms, as 'groups set class --confirm off --check-first-matches off' makes it.</summary>
    /// <param name="settings">Such as ("Atmosphere:Channels:BotFramework:AppId", "...").</param>
    /// <param name="replace">Puts something else in the place of a service.</param>
    public static async Task<BotServer> StartAsync(Action<IServiceCollection>? replace = null, params (string Key, string Value)[] settings)
    {
        var server = await StartAsGivenAsync(replace, settings);
        await server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync("UPDATE groups SET confirms = 0, checks_matches = 0 WHERE id = 'class'"));
        return server;
    }

    /// <summary>As the program starts by itself.</summary>
    public static async Task<BotServer> StartAsGivenAsync(Action<IServiceCollection>? replace = null, params (string Key, string Value)[] settings)
    {
        var server = new BotServer(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value), replace ?? (_ => { }));
        await server.StartAppAsync();
        return server;
    }

    /// <summary>Settings from the next start on.</summary>
    public void Set(params (string Key, string Value)[] settings)
    {
        foreach (var (key, value) in settings)
            _settings[key] = value;
    }

    /// <param name="meanwhile">Runs while it stands.</param>
    public async Task RestartAsync(Action? meanwhile = null)
    {
        await StopAppAsync();
        meanwhile?.Invoke();
        await StartAppAsync();
    }

    /// <summary>Reads the database.</summary>
    public Task<T?> QueryAsync<T>(string sql, object? arguments = null) =>
        Services.GetRequiredService<Database>().ReadAsync(session => session.QuerySingleOrDefaultAsync<T>(sql, arguments));

    /// <summary>The files that are stored in a bucket.</summary>
    public string[] FilesIn(string bucket) =>
        Directory.Exists(Path.Combine(Data, "media", bucket)) ? Directory.GetFiles(Path.Combine(Data, "media", bucket)) : [];

    public async ValueTask DisposeAsync()
    {
        await StopAppAsync();
        Directory.Delete(Data, recursive: true);
    }

    private async Task StartAppAsync()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Atmosphere:Tagging:AskAfter", "00:00:00")]).AddInMemoryCollection(_settings).AddInMemoryCollection([new("Atmosphere:Data", Data)]).Build();
        await Server.UseWantedModelAsync(settings, Data, default);
        _app = Server.Build(new ServeSettings(settings, Data, "http://127.0.0.1:0"), builder =>
        {
            builder.Logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Trace);
            if (!_settings.Keys.Any(key => key.StartsWith(FaceModelOptions.Section, StringComparison.OrdinalIgnoreCase)))
                builder.Services.AddSingleton(LoadedEngine.Remembering);
            _replace(builder.Services);
        });
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    private async Task StopAppAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

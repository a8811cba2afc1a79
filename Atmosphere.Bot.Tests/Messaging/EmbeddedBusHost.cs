using Atmosphere.Bot.Tests.Contracts;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Bot.Tests.Messaging;

/// <summary>A program with storage, queues and the flows of a test.</summary>
internal sealed class EmbeddedBusHost : IRunningBus
{
    private readonly IHost _host;
    private bool _disposed;

    private EmbeddedBusHost(IHost host) => _host = host;

    public Database Database => _host.Services.GetRequiredService<Database>();

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public static Task<EmbeddedBusHost> StartAsync(
        string folder, TimeProvider clock, Depot depot, IReadOnlyList<FlowTable> tables, params (string Key, string Value)[] settings) =>
        StartAsync(folder, clock, depot, tables, _ => { }, settings);

    /// <param name="adjust">Changes what was added, last of all.</param>
    public static async Task<EmbeddedBusHost> StartAsync(
        string folder,
        TimeProvider clock,
        Depot depot,
        IReadOnlyList<FlowTable> tables,
        Action<IServiceCollection> adjust,
        params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            [new("Atmosphere:Data", folder), .. settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))]);
        builder.Services.AddSingleton(clock).AddSingleton(depot).AddStorage().AddMessaging();
        builder.Logging.SetMinimumLevel(LogLevel.None);
        foreach (var table in tables)
            builder.Services.AddFlow(table);
        adjust(builder.Services);
        var host = new EmbeddedBusHost(builder.Build());
        try
        {
            await host._host.StartAsync();
            return host;
        }
        catch
        {
            host._host.Dispose();
            throw;
        }
    }

    public Task SendAsync(IMessage message, TimeSpan delay = default, Action? afterwards = null) =>
        Database.WriteAsync(async session =>
        {
            await _host.Services.GetRequiredService<IOutbox>().SendAsync(session, message, delay);
            afterwards?.Invoke();
        });

    public Task<int> DepthAsync() =>
        Database.ReadAsync(session => session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM messages"));

    public Task<int> BusyAsync() =>
        Database.ReadAsync(session => session.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM messages WHERE lease IS NOT NULL OR (waits = 0 AND due_at <= @now)",
            new { now = _host.Services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds() }));

    public Task<IReadOnlyList<DeadParcel>> DeadLettersAsync() =>
        Database.ReadAsync(session => session.QueryAsync<DeadParcel>("SELECT * FROM dead_letters"));

    public Task<int> TakenAsync() =>
        Database.ReadAsync(session => session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM messages WHERE lease IS NOT NULL"));

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _host.StopAsync();
        _host.Dispose();
    }
}

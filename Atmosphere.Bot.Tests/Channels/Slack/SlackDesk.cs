using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Outbound;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Bot.Tests.Channels.Slack;

/// <summary>What speaks to Slack, and a Slack that it speaks to, by a clock that stands still.</summary>
internal sealed class SlackDesk : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private SlackDesk(SlackVendor slack, ServiceProvider services) => (Slack, _services) = (slack, services);

    public SlackVendor Slack { get; }

    public TestClock Clock { get; } = new();

    public CapturedLog Log { get; } = new();

    public SlackApi Api => _services.GetRequiredService<SlackApi>();

    public IColleagues Colleagues => _services.GetRequiredService<IColleagues>();

    public static async Task<SlackDesk> StartAsync(params (string Key, string Value)[] settings)
    {
        var slack = await SlackVendor.StartAsync();
        var all = slack.Settings.Concat(settings).GroupBy(setting => setting.Item1).Select(group => KeyValuePair.Create(group.Key, (string?)group.Last().Item2));
        SlackDesk? desk = null;
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
        services.AddSingleton<TimeProvider>(_ => desk!.Clock);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).Services.AddSingleton<ILoggerProvider>(_ => desk!.Log));
        SlackVendor.AddTo(services);
        desk = new SlackDesk(slack, services.BuildServiceProvider());
        slack.Clock = desk.Clock;
        return desk;
    }

    /// <summary>Lets time go on until it is done.</summary>
    public async Task<T> WhileTimePassesAsync<T>(Task<T> work)
    {
        await Eventually.TrueAsync(
            () =>
            {
                Clock.Advance(TimeSpan.FromMilliseconds(100));
                return work.IsCompleted;
            },
            "the call has ended");
        return await work;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Slack.DisposeAsync();
    }
}

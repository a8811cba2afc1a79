using Atmosphere.Bot.Tests.Scenarios;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(SharedChromium))]

namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>One Chromium for all tests; it starts with the first that needs it, and each test has a profile of its own.</summary>
public sealed class SharedChromium : IAsyncDisposable
{
    public const string Path = "/usr/bin/chromium";

    private readonly Lazy<Task<Running>> _running = new(StartAsync);

    public static bool IsInstalled => File.Exists(Path);

    public async Task<IBrowserContext> NewProfileAsync(int width, int height, ColorScheme scheme = ColorScheme.Light) =>
        await (await _running.Value).Browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme });

    public async ValueTask DisposeAsync()
    {
        if (!_running.IsValueCreated)
            return;
        var running = await _running.Value;
        await running.Browser.DisposeAsync();
        running.Playwright.Dispose();
    }

    private static async Task<Running> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
        return new Running(playwright, browser);
    }

    private sealed record Running(IPlaywright Playwright, IBrowser Browser);
}

using System.Collections.Concurrent;
using Atmosphere.Bot.Tests.Fixtures;
using Microsoft.Playwright;

namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>The whole program and a page of it in Chromium. Nothing but the program may be asked for anything.</summary>
/// <param name="shared">The program, if the tests of the class share it; null: each test has its own.</param>
public abstract class BrowserScenario(ITestOutputHelper output, SharedChromium chromium, BrowserServer? shared = null) : IAsyncLifetime
{
    private static readonly float Limit = (float)Eventually.Limit.TotalMilliseconds;

    private readonly BrowserServer _server = shared ?? new BrowserServer();
    private readonly ConcurrentQueue<string> _asked = [];
    private readonly ConcurrentQueue<string> _complaints = [];
    private IBrowserContext? _profile;

    private protected ServerProcess Server => _server.Process;

    private protected IPage Page { get; private set; } = null!;

    /// <summary>What the page logged as an error, a broken content security policy among it.</summary>
    private protected IEnumerable<string> Complaints => _complaints;

    /// <summary>Addresses that the page asked, other than the program's own, data: and blob:.</summary>
    private protected IEnumerable<string> AskedElsewhere =>
        _asked.Where(url => !url.StartsWith(Server.Address.ToString(), StringComparison.Ordinal)
            && !url.StartsWith($"ws://{Server.Address.Authority}/", StringComparison.Ordinal)
            && !url.StartsWith("data:", StringComparison.Ordinal)
            && !url.StartsWith("blob:", StringComparison.Ordinal));

    public async ValueTask InitializeAsync()
    {
        if (!SharedChromium.IsInstalled)
            return;
        if (shared is null)
            await _server.InitializeAsync();
        _profile = await chromium.NewProfileAsync(1280, 900);
        Page = await _profile.NewPageAsync();
        Page.SetDefaultTimeout(Limit);
        Assertions.SetDefaultExpectTimeout(Limit);
        Page.Console += (_, message) => Complain(message.Type == "error", $"console: {message.Text}");
        Page.PageError += (_, error) => Complain(true, $"page error: {error}");
        Page.Request += (_, request) => _asked.Enqueue(request.Url);
        Page.WebSocket += (_, socket) => _asked.Enqueue(socket.Url);
    }

    public async ValueTask DisposeAsync()
    {
        if (_profile is not null)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(Path.GetTempPath(), $"atmosphere-{GetType().Name}.png") });
            await _profile.DisposeAsync();
            output.WriteLine(Server.Output);
        }

        if (shared is null)
            await _server.DisposeAsync();
    }

    /// <summary>Opens the playground, and waits until the bot has greeted.</summary>
    private protected async Task OpenAsync()
    {
        SkipWithoutChromium();
        await Page.GotoAsync(Server.Address.ToString());
        await BotSaysAsync("What would you like to do?");
    }

    private protected static void SkipWithoutChromium() => Assert.SkipUnless(SharedChromium.IsInstalled, $"{SharedChromium.Path} is not installed");

    private protected ILocator Log => Page.GetByRole(AriaRole.Log, new() { Name = "Conversation" });

    private protected ILocator Box => Page.GetByRole(AriaRole.Textbox, new() { Name = "Message" });

    private protected ILocator Answer(string title) =>
        Page.GetByRole(AriaRole.Group, new() { Name = "Suggested answers" }).GetByRole(AriaRole.Button, new() { Name = title, Exact = true });

    private protected async Task SayAsync(string text)
    {
        await Box.FillAsync(text);
        await Box.PressAsync("Enter");
    }

    private protected Task BotSaysAsync(string text) =>
        Assertions.Expect(Log.Locator(".theirs", new() { HasText = text }).Last).ToBeVisibleAsync();

    private void Complain(bool isError, string line)
    {
        output.WriteLine(line);
        if (isError)
            _complaints.Enqueue(line);
    }
}

using Microsoft.Playwright;

namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>What a newcomer does on the page at /, in Chromium.</summary>
public sealed class PlaygroundInABrowser(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private readonly string _data = Directory.CreateTempSubdirectory("atmosphere-browser-").FullName;
    private ServerProcess? _server;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private IPage _page = null!;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
            return;
        _server = new ServerProcess(_data);
        await _server.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
        _page = await _browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        _page.Console += (_, message) => output.WriteLine($"console: {message.Text}");
        _page.PageError += (_, error) => output.WriteLine($"page error: {error}");
        await _page.GotoAsync(_server.Address.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _page.ScreenshotAsync(new() { Path = Path.Combine(Path.GetTempPath(), "atmosphere-playground.png") });
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_server is not null)
            output.WriteLine(_server.Output);
        _server?.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_parent_registers_a_child_by_chatting_and_sees_the_group_photo_arrive()
    {
        Assert.SkipUnless(File.Exists(Chromium), $"{Chromium} is not installed");

        await BotSaysAsync("What would you like to do?");
        await SayAsync("add child");
        await BotSaysAsync("name of your child");
        await SayAsync("Maya");
        await BotSaysAsync("Please send me a photo of Maya");
        await _page.Locator("#private-samples button").Last.ClickAsync();
        await Button("1").ClickAsync();
        await Button("done").ClickAsync();
        await Button("yes").ClickAsync();
        await BotSaysAsync("Do you agree");
        await Button("yes").ClickAsync();
        await BotSaysAsync("is registered");

        await _page.Locator("#group-samples button").Last.ClickAsync();

        await Assertions.Expect(_page.Locator("#group .post.done .state")).ToContainTextAsync("sent privately to 1 parent", new() { Timeout = 30_000 });
        await BotSaysAsync("with Maya");
        var picture = _page.Locator("#chat img[src*='/pictures/']").Last;
        await Assertions.Expect(picture).ToBeVisibleAsync(new() { Timeout = 10_000 });
        Assert.True(await picture.EvaluateAsync<int>("image => image.naturalWidth") > 100);
    }

    private async Task SayAsync(string text)
    {
        var box = _page.Locator("#chat .webchat__send-box-text-box__input, #chat .webchat__send-box-text-box__html-text-area").First;
        await box.FillAsync(text);
        await box.PressAsync("Enter");
    }

    private Task BotSaysAsync(string text) =>
        Assertions.Expect(_page.Locator("#chat [role=feed], #chat .webchat__basic-transcript").First)
            .ToContainTextAsync(text, new() { Timeout = 15_000, IgnoreCase = true });

    private ILocator Button(string title) => _page.Locator("#chat .webchat__suggested-actions button", new() { HasTextString = title }).First;
}

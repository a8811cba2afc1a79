using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>Microsoft's Web Chat against our Direct Line endpoint. It comes with: npm ci --ignore-scripts in Atmosphere.Bot.Tests/peers/bot.</summary>
public sealed class WebChatInABrowser(ITestOutputHelper output, SharedChromium chromium) : BrowserScenario(output, chromium)
{
    private const string PageOfWebChat =
        """
        <!doctype html><html lang="en"><title>Web Chat</title><div id="chat" style="height: 800px"></div><script src="/web-chat.js"></script><script>
        const server = new URLSearchParams(location.search).get('server');
        const known = JSON.parse(localStorage.getItem('chat'));
        const start = known
          ? fetch(`${server}v3/directline/tokens/refresh`, { method: 'POST', headers: { Authorization: `Bearer ${known.token}` } })
          : fetch(`${server}v3/directline/tokens/generate`, { method: 'POST' });
        start.then(answer => answer.json()).then(({ token, conversationId }) => {
          localStorage.setItem('chat', JSON.stringify({ token, conversationId }));
          const again = known ? { conversationId, watermark: '0' } : {};
          WebChat.renderWebChat({
            directLine: WebChat.createDirectLine({ domain: `${server}v3/directline`, token, webSocket: true, ...again }),
            userID: 'parent', locale: 'en-US', styleOptions: { sendAttachmentOn: 'attach' },
          }, document.getElementById('chat'));
        });
        </script></html>
        """;

    private static readonly string _script =
        Path.Combine(Dialogs.Folder, "..", "Atmosphere.Bot.Tests", "peers", "bot", "node_modules", "botframework-webchat", "dist", "webchat-minimal.js");

    [Fact]
    public async Task A_parent_registers_a_child_in_Web_Chat_and_a_reload_shows_it_again()
    {
        SkipWithoutChromium();
        Assert.SkipUnless(File.Exists(_script), "The npm package botframework-webchat is not installed; run npm ci --ignore-scripts in Atmosphere.Bot.Tests/peers/bot.");
        await using var site = await LocalVendor.StartAsync(ServeAsync);
        await Page.GotoAsync($"{site.Address}?server={Server.Address}");

        await WebChatShowsAsync("What would you like to do?");
        await SayInWebChatAsync("add child");
        await WebChatShowsAsync("name of your child");
        await SayInWebChatAsync("Maya");
        await WebChatShowsAsync("Please send me a photo of Maya");
        await Page.Locator("input[type=file]").SetInputFilesAsync(Path.Combine(SharedPhotos.Samples, "sample6.jpg"));
        await Action("1").ClickAsync();
        await Action("done").ClickAsync();
        await Action("yes").ClickAsync();
        await WebChatShowsAsync("Do you agree");
        await Action("yes").ClickAsync();
        await WebChatShowsAsync("is registered");

        await Page.ReloadAsync();
        await WebChatShowsAsync("Please send me a photo of Maya");
        await WebChatShowsAsync("is registered");
        Assert.All(AskedElsewhere, url => Assert.StartsWith(site.Address.ToString(), url, StringComparison.Ordinal));
    }

    private static Task ServeAsync(HttpContext context)
    {
        context.Response.ContentType = context.Request.Path == "/web-chat.js" ? "text/javascript" : "text/html";
        return context.Request.Path.Value switch
        {
            "/web-chat.js" => context.Response.SendFileAsync(_script),
            "/" => context.Response.WriteAsync(PageOfWebChat),
            _ => NothingAsync(context),
        };
    }

    private static Task NothingAsync(HttpContext context)
    {
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    private async Task SayInWebChatAsync(string text)
    {
        var box = Page.Locator(".webchat__send-box-text-box__input, .webchat__send-box-text-box__html-text-area").First;
        await box.FillAsync(text);
        await box.PressAsync("Enter");
    }

    private Task WebChatShowsAsync(string text) =>
        Assertions.Expect(Page.Locator("[role=feed], .webchat__basic-transcript").First).ToContainTextAsync(text, new() { IgnoreCase = true });

    private ILocator Action(string title) => Page.Locator(".webchat__suggested-actions button", new() { HasTextString = title }).First;
}

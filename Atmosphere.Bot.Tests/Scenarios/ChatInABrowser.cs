using System.Text.Json;
using Atmosphere.Bot.Tests.Imaging;
using Atmosphere.Recognition.Imaging;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>The chat of the playground: photos, broken connections, keyboard, screen readers, Hebrew.</summary>
public sealed class ChatInABrowser(ITestOutputHelper output, SharedChromium chromium, BrowserServer server)
    : BrowserScenario(output, chromium, server), IClassFixture<BrowserServer>
{
    [Fact]
    public async Task Photos_that_are_chosen_dropped_and_pasted_go_out_in_one_message_with_its_words()
    {
        await OpenAsync();
        await Page.GetByLabel("Add photos").SetInputFilesAsync([Drawn("one.png", 300, 300), Drawn("two.png", 300, 300)]);
        await GiveAsync("drop", "#chat", "dropped.jpg");
        await GiveAsync("paste", "#chat textarea", "pasted.jpg");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Remove two.png" }).ClickAsync();
        await Assertions.Expect(Page.Locator(".staged img")).ToHaveCountAsync(3);
        await Box.FillAsync("from the zoo");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).First.ClickAsync();

        await Assertions.Expect(Page.Locator(".mine:not(.waiting) .picture")).ToHaveCountAsync(3);
        await Assertions.Expect(Page.Locator(".staged img")).ToHaveCountAsync(0);
        var said = Assert.Single(await SaidAsync());
        Assert.Equal("from the zoo", said.GetProperty("text").GetString());
        Assert.Equal(
            ["one.png", "dropped.jpg", "pasted.jpg"],
            said.GetProperty("attachments").EnumerateArray().Select(attachment => attachment.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task More_than_ten_photos_go_in_several_messages_and_too_large_ones_are_named()
    {
        await OpenAsync();
        await Page.GetByLabel("Add photos").SetInputFilesAsync(Enumerable.Range(1, 11).Select(number => Drawn($"{number}.png", 40, 40)));
        await GiveAsync("drop", "#chat", "large.jpg", (25 * 1024 * 1024) + 1);
        await Assertions.Expect(Page.Locator(".staged [role=alert]")).ToHaveTextAsync("large.jpg is larger than 25 MB.");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).First.ClickAsync();

        await Assertions.Expect(Page.Locator(".mine:not(.waiting)")).ToHaveCountAsync(2);
        Assert.Equal([10, 1], (await SaidAsync()).Select(said => said.GetProperty("attachments").GetArrayLength()));
    }

    [Fact]
    public async Task A_tall_photo_is_shown_whole_and_enlarged_by_keyboard()
    {
        await OpenAsync();
        await Page.GetByLabel("Add photos").SetInputFilesAsync(Drawn("tall.png", 300, 1500));
        await Box.PressAsync("Enter");
        var photo = Page.GetByAltText("Your photo tall.png").First;
        await Assertions.Expect(Page.Locator(".picture.loaded")).ToBeVisibleAsync();
        var box = (await photo.BoundingBoxAsync())!;
        Assert.Equal(300.0 / 1500, box.Width / box.Height, 0.02);
        Assert.InRange(box.Height, 300, 530);

        await Page.Locator(".picture").FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        var large = Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Img);
        await Assertions.Expect(large).ToBeVisibleAsync();
        Assert.True((await large.BoundingBoxAsync())!.Height > box.Height * 1.5);
        await Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(large).ToHaveCountAsync(0);
        await Assertions.Expect(Page.Locator(".picture")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_is_written_while_the_server_is_away_arrives_once_when_it_is_back()
    {
        await OpenAsync();
        await Server.KillAsync();
        await Assertions.Expect(Page.Locator(".trouble")).ToContainTextAsync("does not answer");
        await SayAsync("first");
        await SayAsync("second");
        await Assertions.Expect(Page.Locator(".mine.waiting")).ToHaveCountAsync(2);

        await Server.StartAsync();

        await Assertions.Expect(Page.Locator(".mine:not(.waiting)")).ToHaveCountAsync(2);
        await Assertions.Expect(Page.Locator(".trouble")).ToHaveTextAsync("");
        await Assertions.Expect(Log.Locator(".theirs", new() { HasText = "I did not understand" })).ToHaveCountAsync(2);
        Assert.Equal(["first", "second"], (await SaidAsync()).Select(said => said.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task A_message_that_is_refused_says_why_and_can_be_sent_again()
    {
        await OpenAsync();
        await Page.RouteAsync("**/activities", route => route.FulfillAsync(new()
        {
            Status = 507,
            ContentType = "application/problem+json",
            Body = """{ "detail": "The server's disk is full; nothing was stored." }""",
        }));
        await SayAsync("help");
        await Assertions.Expect(Page.Locator(".mine.failed .unsent")).ToContainTextAsync("The server's disk is full; nothing was stored.");

        await Page.UnrouteAllAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await Assertions.Expect(Page.Locator(".mine:not(.failed):not(.waiting)")).ToHaveCountAsync(1);
        await Assertions.Expect(Page.Locator(".unsent")).ToHaveCountAsync(0);
        Assert.Single(await SaidAsync());
    }

    [Fact]
    public async Task Where_no_web_socket_stays_open_the_chat_polls()
    {
        SkipWithoutChromium();
        await Page.RouteWebSocketAsync("**/stream**", socket => socket.CloseAsync());
        await OpenAsync();
        await SayAsync("help");
        await Assertions.Expect(Log.Locator(".theirs")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_chat_that_the_server_does_not_know_any_more_is_followed_by_a_new_one()
    {
        await OpenAsync();
        await Page.EvaluateAsync("() => localStorage.setItem('atmosphere.parents', JSON.stringify([{ conversationId: 'gone', token: 'old' }]))");
        await Page.ReloadAsync();
        await BotSaysAsync("What would you like to do?");
        await Assertions.Expect(Log).ToContainTextAsync("The last chat has expired.");
    }

    [Fact]
    public async Task A_whole_conversation_is_possible_by_keyboard()
    {
        await OpenAsync();
        await Box.FocusAsync();
        await Page.Keyboard.TypeAsync("hello");
        await Page.Keyboard.PressAsync("Shift+Enter");
        await Page.Keyboard.TypeAsync("there");
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page.Locator(".mine .text")).ToHaveTextAsync("hello\nthere", new() { UseInnerText = true });

        await Assertions.Expect(Answer("help")).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Shift+Tab");
        await Page.Keyboard.PressAsync("Shift+Tab");
        await Assertions.Expect(Answer("help")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Space");

        await Assertions.Expect(Page.Locator(".mine .text").Last).ToHaveTextAsync("help");
        await Assertions.Expect(Box).ToBeFocusedAsync();
    }

    [Fact]
    public async Task In_Hebrew_the_chat_runs_from_right_to_left()
    {
        await OpenAsync();
        await SayAsync("שלום");
        await Assertions.Expect(Page.Locator("#chat")).ToHaveAttributeAsync("dir", "rtl");

        var theirs = (await Log.Locator(".theirs").Last.BoundingBoxAsync())!;
        var mine = (await Log.Locator(".mine").Last.BoundingBoxAsync())!;
        Assert.True(theirs.X + theirs.Width > mine.X + mine.Width, "What the bot says stands at the right.");
        Assert.Equal("rtl", await Log.Locator(".theirs .text").Last.EvaluateAsync<string>("text => getComputedStyle(text).direction"));
        Assert.Equal("ltr", await Log.Locator(".theirs .text").First.EvaluateAsync<string>("text => getComputedStyle(text).direction"));
        var answers = Page.Locator(".answers button");
        Assert.True((await answers.First.BoundingBoxAsync())!.X > (await answers.Nth(1).BoundingBoxAsync())!.X, "The first answer stands at the right.");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Axe_finds_nothing_that_keeps_anybody_out(ColorScheme scheme, int width)
    {
        await OpenAsync();
        await Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await Page.SetViewportSizeAsync(width, 900);
        await Page.GetByLabel("Add photos").SetInputFilesAsync(Drawn("one.png", 300, 300));
        await SayAsync("a photo");
        await Assertions.Expect(Page.Locator(".mine:not(.waiting) .picture.loaded")).ToBeVisibleAsync();
        await Assertions.Expect(Log.Locator(".theirs")).ToHaveCountAsync(2);

        var found = await Page.RunAxe();

        Assert.Empty(found.Violations.Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}"));
        Assert.Contains(found.Passes, rule => rule.Id == "color-contrast");
    }

    private static FilePayload Drawn(string name, int width, int height) => new()
    {
        Name = name,
        MimeType = "image/png",
        Buffer = new PhotoEncoder(new ImagingOptions()).EncodePng(DrawnPhotos.Quarters(width, height)),
    };

    /// <summary>Drops or pastes a sample photo, or a file of so many bytes, as a browser tells a page of it.</summary>
    private async Task GiveAsync(string how, string where, string name, int? bytes = null) => await Page.EvaluateAsync(
        """
        async ({ how, where, name, bytes }) => {
          const data = new DataTransfer();
          const content = bytes ? new Uint8Array(bytes) : await (await fetch('playground/samples/sample1.jpg')).blob();
          data.items.add(new File([content], name, { type: 'image/jpeg' }));
          const options = { bubbles: true, cancelable: true };
          const event = how === 'drop' ? new DragEvent('drop', { ...options, dataTransfer: data }) : new ClipboardEvent('paste', { ...options, clipboardData: data });
          document.querySelector(where).dispatchEvent(event);
        }
        """,
        new { how, where, name, bytes });

    /// <summary>What the server has of the person, oldest first.</summary>
    private async Task<JsonElement[]> SaidAsync()
    {
        var history = await Page.EvaluateAsync<JsonElement>(
            """
            async () => {
              const { conversationId, token } = JSON.parse(localStorage.getItem('atmosphere.parents')).at(-1);
              return (await fetch(`v3/directline/conversations/${conversationId}/activities`, { headers: { Authorization: `Bearer ${token}` } })).json();
            }
            """);
        return [.. history.GetProperty("activities").EnumerateArray().Where(activity => activity.GetProperty("from").GetProperty("role").GetString() == "user")];
    }
}

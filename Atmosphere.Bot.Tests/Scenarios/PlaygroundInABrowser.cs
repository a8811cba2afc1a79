using Microsoft.Playwright;

namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>What a newcomer does on the page at /, in Chromium.</summary>
public sealed class PlaygroundInABrowser(ITestOutputHelper output, SharedChromium chromium) : BrowserScenario(output, chromium)
{
    [Fact]
    public async Task A_parent_registers_a_child_by_chatting_and_sees_the_group_photo_arrive()
    {
        await OpenAsync();
        await SayAsync("add child");
        await BotSaysAsync("name of your child");
        await SayAsync("Maya");
        await BotSaysAsync("Please send me a photo of Maya");
        await WatchForTypingAsync();
        await Page.Locator("#private-samples button").Last.ClickAsync();
        await Answer("1").ClickAsync();
        Assert.True(await Page.EvaluateAsync<bool>("() => window.sawTyping"), "The bot was never shown typing.");
        await Answer("done").ClickAsync();
        await Answer("yes").ClickAsync();
        await BotSaysAsync("Do you agree");
        await Answer("yes").ClickAsync();
        await BotSaysAsync("is registered");

        await Page.Locator("#group-samples button").Last.ClickAsync();

        await Assertions.Expect(Page.Locator("#group .post.done .state")).ToContainTextAsync("sent privately to 1 parent");
        await BotSaysAsync("with Maya");
        var picture = Page.Locator("#chat img[src*='/pictures/']").Last;
        await Assertions.Expect(picture).ToBeVisibleAsync();
        Assert.True(await picture.EvaluateAsync<int>("image => image.naturalWidth") > 100);
        await Assertions.Expect(Page.Locator("#chat .typing")).ToBeHiddenAsync();
        Assert.Empty(Complaints);
        Assert.Empty(AskedElsewhere);
    }

    [Fact]
    public async Task Each_parent_has_a_chat_of_their_own_which_a_reload_shows_again()
    {
        await OpenAsync();
        await SayAsync("this is the first parent");
        await BotSaysAsync("I did not understand");

        await Page.ReloadAsync();
        await Assertions.Expect(Log.Locator(".mine")).ToContainTextAsync("this is the first parent");
        await Assertions.Expect(Answer("help")).ToBeVisibleAsync();

        await Page.GetByRole(AriaRole.Button, new() { Name = "New parent" }).ClickAsync();
        await BotSaysAsync("What would you like to do?");
        await Assertions.Expect(Log.Locator(".mine")).ToHaveCountAsync(0);
        await SayAsync("this is the second parent");
        await BotSaysAsync("I did not understand");

        await Page.GetByLabel("The parent whose phone this is").SelectOptionAsync("Parent 1");
        await Assertions.Expect(Log.Locator(".mine")).ToHaveCountAsync(1);
        await Assertions.Expect(Log.Locator(".mine")).ToContainTextAsync("this is the first parent");
    }

    [Fact]
    public async Task On_a_narrow_screen_one_phone_is_shown_and_the_other_ones_tab_tells_of_news()
    {
        await OpenAsync();
        await Page.SetViewportSizeAsync(390, 844);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Class group" }).ClickAsync();
        await Assertions.Expect(Page.Locator("#chat")).ToBeHiddenAsync();
        Assert.Equal(390, await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));

        await Page.Locator("#group-samples button").First.ClickAsync();
        await Assertions.Expect(Page.Locator("#group .post.done")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Private chat" }).ClickAsync();
        await Assertions.Expect(Page.Locator("#group")).ToBeHiddenAsync();
        await Page.Locator("#group-samples").EvaluateAsync("samples => samples.querySelector('button').click()");

        await Assertions.Expect(Page.Locator("nav [data-phone=class]")).ToHaveAttributeAsync("data-news", "");
        Assert.Equal(390, await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    private async Task WatchForTypingAsync() => await Page.EvaluateAsync(
        """
        () => {
          const sign = document.querySelector('#chat .typing');
          window.sawTyping = false;
          new MutationObserver(() => { window.sawTyping ||= !sign.hidden; }).observe(sign, { attributes: true });
        }
        """);
}

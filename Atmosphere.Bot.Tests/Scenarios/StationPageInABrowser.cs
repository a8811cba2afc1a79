using Microsoft.Playwright;

namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>The page of the stations' API in Chromium.</summary>
public sealed class StationPageInABrowser(ITestOutputHelper output, SharedChromium chromium) : BrowserScenario(output, chromium)
{
    [Fact]
    public async Task The_page_shows_the_routes_and_asks_no_other_site()
    {
        SkipWithoutChromium();
        await Page.GotoAsync(new Uri(Server.Address, "scalar").ToString());
        await Assertions.Expect(Page.GetByText("Uploads photos").First).ToBeVisibleAsync();
        await Assertions.Expect(Page.GetByText("Tells what became of a photo").First).ToBeVisibleAsync();
        await Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.Empty(AskedElsewhere);
        Assert.Empty(Complaints);
    }
}

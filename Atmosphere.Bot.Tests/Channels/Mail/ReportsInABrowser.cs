using System.Text.Json.Nodes;
using Atmosphere.Bot.Tests.Scenarios;
using Atmosphere.Recognition.Domain;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Atmosphere.Bot.Tests.Channels.Mail;

/// <summary>The mails as Chromium shows them: three languages, light and dark, on a phone and on a desk. The pictures are kept to be looked at.</summary>
public sealed class ReportsInABrowser(MailRoom room, SharedChromium chromium) : IClassFixture<MailRoom>
{
    private const int Phone = 390;
    private const int Desk = 800;

    // Of a mail on its own; what they find does not depend on the width.
    private static readonly AxeRunOptions _rules = new() { RunOnly = RunOnlyOptions.Rules("color-contrast", "image-alt", "html-has-lang", "valid-lang", "document-title") };

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("he")]
    public async Task A_report_can_be_read_in_light_and_dark_on_any_width(string language)
    {
        Assert.SkipUnless(SharedChromium.IsInstalled, $"{SharedChromium.Path} is not installed");
        var address = $"browser-{language}@school.example";
        await room.ShowFaceAsync("p1");
        await room.ShowFaceAsync("p2");
        await room.SubscribeAsync(address, language, new ParticipantId(MailRoom.Teacher));
        await room.ReportAsync(week: true);
        var pages = new Dictionary<string, string>
        {
            ["question"] = Html(await room.Smtp.MailToAsync(address)),
            ["report"] = Html(await room.Smtp.MailToAsync(address, 1)),
            ["page"] = await room.Http.GetStringAsync(room.LinkIn(await room.Smtp.MailToAsync(address, 1), "unsubscribe")),
        };
        await room.EmptyAsync();

        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            foreach (var width in new[] { Phone, Desk })
            {
                await using var profile = await chromium.NewProfileAsync(width, 900, scheme);
                var page = await profile.NewPageAsync();
                var asked = new List<string>();
                page.Request += (_, request) => asked.Add(request.Url);
                foreach (var (name, html) in pages)
                {
                    await page.SetContentAsync(html);
                    var picture = $"atmosphere-mail-{name}-{language}-{scheme}-{width}.png".ToLowerInvariant();
                    await page.ScreenshotAsync(new() { FullPage = true, Path = Path.Combine(Path.GetTempPath(), picture) });
                    Assert.Equal(language == "he" ? "rtl" : "ltr", await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('h1')).direction"));
                    Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} is wider than {width} pixels");
                    Assert.True(await page.EvaluateAsync<bool>("[...document.images].every(image => image.naturalWidth > 0 && image.hasAttribute('alt'))"));
                    if (width != Phone)
                        continue;
                    var problems = (await page.RunAxe(_rules)).Violations;
                    Assert.Empty(problems.Select(problem => $"{name} {language} {scheme}: {problem.Id} {problem.Nodes[0].Html}"));
                }

                Assert.DoesNotContain(asked, url => !url.StartsWith("data:", StringComparison.Ordinal));
            }
        }
    }

    /// <summary>With its pictures inside, as a mail program shows it.</summary>
    private static string Html(JsonNode mail) => mail["parts"]!.AsArray().Aggregate(
        (string)mail["html"]!, (html, part) => html.Replace($"cid:{part!["id"]}", $"data:image/png;base64,{part["content"]}", StringComparison.Ordinal));
}

using System.Net;
using System.Text.Json;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Tests.Console;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;

namespace Atmosphere.Bot.Tests.Channels.WhatsApp;

/// <content>Photos for parents who have not written for a day: templates.</content>
public sealed partial class WhatsAppPhotosTests
{
    [Fact]
    public async Task A_day_after_the_last_message_the_template_of_the_language_goes_with_the_picture()
    {
        await StartAsync(_clock, ("Atmosphere:Channels:WhatsApp:Twilio:Templates:Photo:en", Template));
        _clock.Advance(TimeSpan.FromHours(25));
        await _bot.PhotoAsync("one", RecognitionHost.Sample(2));
        await _bot.UntilAsync("sent", meanwhile: Tick);
        await PictureOfTemplateAsync(Vendor.Sent.Last());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Error_63016_leads_to_the_template_whether_Twilio_says_it_at_once_or_later(bool later)
    {
        await StartAsync(null, ("Atmosphere:Channels:WhatsApp:Twilio:Templates:Photo:en", Template));
        if (!later)
            Vendor.Troubles.Enqueue(new Trouble(400, 63016));
        await _bot.PhotoAsync("one", RecognitionHost.Sample(2));
        await _bot.UntilAsync("sent");
        if (later)
        {
            var free = Vendor.Sent.Last();
            using var report = await Vendor.ReportAsync(free, "undelivered", 63016);
            await Eventually.TrueAsync(() => Vendor.Sent.Last() != free, "the template is sent");
            await _bot.UntilAsync("sent");

            // What is said of the first attempt counts no more.
            using var late = await Vendor.ReportAsync(free, "failed", 63003);
            await Eventually.TrueAsync(async () => await _bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM messages") == 0, "the report is handled");
        }

        await PictureOfTemplateAsync(Vendor.Sent.Last());
        Assert.Equal("sent", await _bot.StateAsync());

        // There is nothing else that could be taken.
        using var refused = await Vendor.ReportAsync(Vendor.Sent.Last(), "undelivered", 63016);
        await _bot.UntilAsync("failed");
    }

    [Fact]
    public async Task Without_a_template_it_waits_until_the_parent_writes_and_operators_are_told_once()
    {
        await StartAsync(_clock);
        _clock.Advance(TimeSpan.FromHours(25));
        await _bot.PhotoAsync("one", RecognitionHost.Sample(2));
        await _bot.PhotoAsync("two", RecognitionHost.Sample(2));
        var held = 0L;
        await Eventually.TrueAsync(
            async () =>
            {
                Tick();
                return (held = await _bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM media_distributions WHERE state = 'pending' AND held_at IS NOT NULL")) == 2;
            },
            "both wait");
        Assert.DoesNotContain(Vendor.Sent, sent => sent.Media is not null);
        Assert.Equal(1, await _bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM notifications WHERE kind = 'delivery-held'"));

        await _bot.SayAsync("help");
        await _bot.UntilAsync("sent", meanwhile: Tick);
        await _bot.UntilAsync("sent", "two", Tick);
        Assert.Equal(2, Vendor.Sent.Count(sent => sent.Media is not null));
        Assert.Empty(Vendor.Offences);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("stop", "start")]
    [InlineData("drop", "help")]
    public async Task What_waited_and_was_withheld_meanwhile_never_leaves(params string[] done)
    {
        await StartAsync(_clock);
        _clock.Advance(TimeSpan.FromHours(25));
        await _bot.PhotoAsync("one", RecognitionHost.Sample(2));
        await Eventually.TrueAsync(
            async () =>
            {
                Tick();
                return await _bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM media_distributions WHERE held_at IS NOT NULL") == 1;
            },
            "it waits");
        foreach (var said in done)
        {
            if (said == "drop")
                Assert.Equal(0, (await CommandLineRun.OfAsync("deliveries", "drop", "--state", "pending", "--data", _bot.Server.Data)).Code);
            else
                await _bot.SayAsync(said);
            await QuietAsync();
        }

        Assert.DoesNotContain(Vendor.Sent, sent => sent.Media is not null || sent.Body?.Contains("Maya", StringComparison.Ordinal) == true);
        Assert.Equal("withheld", await _bot.StateAsync());
        Assert.Equal(1, await _bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM replies WHERE turn_id IS NULL AND state = 'refused' AND body IS NULL AND media IS NULL"));
    }

    private async Task PictureOfTemplateAsync(TwilioSent sent)
    {
        Assert.Equal(Template, sent.Form["ContentSid"]);
        var variables = JsonSerializer.Deserialize<Dictionary<string, string>>(sent.Form["ContentVariables"])!;
        Assert.Contains("Maya", variables["1"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync($"{FakeTwilio.PublicUrl}/{variables["2"]}"));
    }
}

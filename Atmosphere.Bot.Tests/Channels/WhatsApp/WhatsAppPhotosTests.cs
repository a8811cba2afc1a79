using System.Net;
using System.Text.Json;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Tests.Console;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Tests.Channels.WhatsApp;

/// <summary>A class photo on its way to a parent's phone.</summary>
public sealed partial class WhatsAppPhotosTests : IAsyncLifetime
{
    private const string Template = "HX00000000000000000000000000000001";

    private readonly TestClock _clock = new();
    private WhatsAppBot _bot = null!;

    private FakeTwilio Vendor => _bot.Vendor;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task It_arrives_once_with_its_picture_and_is_followed_to_the_eyes_of_the_parent()
    {
        await StartAsync();
        await _bot.PhotoAsync("one", RecognitionHost.Sample(2));
        await _bot.UntilAsync("sent");

        var sent = Assert.Single(Vendor.Sent, sent => sent.Media is not null);
        Assert.Contains("Maya", sent.Body, StringComparison.Ordinal);
        var (is_, was) = (new PhotoDecoder(new ImagingOptions()).Inspect(sent.Media!, "got"), new PhotoDecoder(new ImagingOptions()).Inspect(RecognitionHost.Sample(2), "sent"));
        Assert.Equal((was.Width, was.Height), (is_.Width, is_.Height));
        Assert.Equal(sent.Sid, await _bot.Server.QueryAsync<string>("SELECT vendor_id FROM media_distributions"));

        // Reports come in any order and more than once.
        foreach (var (status, state) in new[] { ("sent", "sent"), ("read", "read"), ("delivered", "read"), ("read", "read"), ("failed", "read"), ("sent", "read") })
        {
            using var answer = await Vendor.ReportAsync(sent, status);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            await Eventually.TrueAsync(async () => await _bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM messages") == 0, "the report is handled");
            Assert.Equal(state, await _bot.StateAsync());
        }

        Assert.NotNull(await _bot.Server.QueryAsync<long?>("SELECT delivered_at FROM media_distributions"));
        Assert.Empty(Vendor.Offences);
        Assert.DoesNotContain(_bot.Server.Log.Lines, line =>
            line.Contains("/pictures/ey", StringComparison.Ordinal) || line.Contains(sent.Form["MediaUrl"][^30..], StringComparison.Ordinal) || line.Contains("Maya", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_link_to_the_picture_is_for_a_while_and_for_who_agrees()
    {
        await StartAsync(_clock);
        await _bot.PhotoAsync("one", RecognitionHost.Sample(2));
        await _bot.UntilAsync("sent", meanwhile: Tick);
        var link = Vendor.Sent.Last().Form["MediaUrl"];
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(link));

        await _bot.WriteAsync(session => session.ExecuteAsync("UPDATE consents SET withdrawn_at = 1"));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(link));
        await _bot.WriteAsync(session => session.ExecuteAsync("UPDATE consents SET withdrawn_at = NULL"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(link));
        _clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(link));
    }

    [Fact]
    public async Task A_picture_over_5_MB_is_made_smaller_and_the_original_offered()
    {
        await StartAsync();
        var noise = new byte[3000 * 2200 * 3];
        new Random(1).NextBytes(noise);
        await _bot.PhotoAsync("one", new PhotoEncoder(new ImagingOptions()).EncodeJpeg(new Pixels(3000, 2200, noise), 90));
        await _bot.UntilAsync("sent");

        var sent = Vendor.Sent.Last();
        Assert.InRange(sent.Media!.Length, 1, 5 * 1024 * 1024);
        var original = sent.Body![sent.Body!.IndexOf("https://", StringComparison.Ordinal)..];
        using var got = await Vendor.FetchAsync(original);
        Assert.True((await got.Content.ReadAsByteArrayAsync()).Length > 5 * 1024 * 1024);
        Assert.Empty(Vendor.Offences);
    }

    [Fact]
    public async Task A_crash_in_the_call_asks_Twilio_before_anything_is_sent_again()
    {
        await StartAsync();
        await _bot.PhotoAsync("one", RecognitionHost.Sample(2));
        await _bot.UntilAsync("sent");
        var sent = Vendor.Sent.Last();

        // As a crash between the call and the commit of its result leaves it.
        await CrashAsync();
        await _bot.UntilAsync("sent");
        Assert.Single(Vendor.Sent, message => message.Media is not null);
        Assert.Equal(1, Vendor.ListsAsked);
        Assert.Equal(sent.Sid, await _bot.Server.QueryAsync<string>("SELECT vendor_id FROM media_distributions"));

        // Twilio has another message to them that says the same, and is nobody's: who could tell?
        Vendor.Sent.Enqueue(new TwilioSent("SMffff", sent.Form, sent.Created));
        await CrashAsync();
        await _bot.UntilAsync("unknown");
        Assert.Equal(2, Vendor.Sent.Count(message => message.Media is not null || message.Sid == "SMffff"));

        // Its own report settles it.
        using var report = await Vendor.ReportAsync(sent, "delivered");
        await _bot.UntilAsync("delivered");
    }

    [Fact]
    public async Task An_operator_decides_about_what_nobody_knows()
    {
        await StartAsync();
        await _bot.PhotoAsync("one", RecognitionHost.Sample(2));
        await _bot.UntilAsync("sent");
        await _bot.WriteAsync(session => session.ExecuteAsync("UPDATE media_distributions SET state = 'unknown', error = 'Who knows.'; UPDATE replies SET state = 'unknown' WHERE turn_id IS NULL"));
        var id = (await _bot.Server.QueryAsync<string>("SELECT id FROM media_distributions"))!;

        var list = await CommandLineRun.OfAsync("deliveries", "list", "--json", "--data", _bot.Server.Data);
        Assert.Equal((0, ""), (list.Code, list.Error));
        Assert.Equal(id, JsonDocument.Parse(list.Out).RootElement[0].GetProperty("id").GetString());
        Assert.Contains("Who knows.", (await CommandLineRun.OfAsync("deliveries", "list", "--data", _bot.Server.Data)).Out, StringComparison.Ordinal);
        var again = await CommandLineRun.OfAsync("deliveries", "resend", id, "--data", _bot.Server.Data);
        Assert.Equal((0, "1 delivery sent again."), (again.Code, again.Out.Trim()));
        await _bot.UntilAsync("sent");
        Assert.Equal(2, Vendor.Sent.Count(sent => sent.Media is not null));

        await _bot.WriteAsync(session => session.ExecuteAsync("UPDATE media_distributions SET state = 'failed'"));
        Assert.Equal(0, (await CommandLineRun.OfAsync("deliveries", "drop", "--all", "--data", _bot.Server.Data)).Code);
        Assert.Equal("withheld", await _bot.StateAsync());
        Assert.Equal(1, (await CommandLineRun.OfAsync("deliveries", "drop", id, "--data", _bot.Server.Data)).Code);
        Assert.Equal(2, (await CommandLineRun.OfAsync("deliveries", "resend", "--data", _bot.Server.Data)).Code);
    }

    [Theory]
    [InlineData(63003, "has no WhatsApp")]
    [InlineData(99999, "Twilio error 99999")]
    public async Task What_WhatsApp_does_not_deliver_failed_with_the_reason(int error, string words)
    {
        await StartAsync();
        await _bot.PhotoAsync("one", RecognitionHost.Sample(2));
        await _bot.UntilAsync("sent");
        using var report = await Vendor.ReportAsync(Vendor.Sent.Last(), "undelivered", error);
        await _bot.UntilAsync("failed");

        Assert.Contains(words, await _bot.Server.QueryAsync<string>("SELECT error FROM media_distributions"), StringComparison.Ordinal);
        Assert.Single(Vendor.Sent, sent => sent.Media is not null);
    }

    [Fact]
    public async Task What_Twilio_refuses_at_once_failed_with_the_reason()
    {
        await StartAsync();
        Vendor.Troubles.Enqueue(new Trouble(400, 21211));
        await _bot.PhotoAsync("one", RecognitionHost.Sample(2));
        await _bot.UntilAsync("failed");

        Assert.Contains("phone number cannot be", await _bot.Server.QueryAsync<string>("SELECT error FROM media_distributions"), StringComparison.Ordinal);
        Assert.Equal(2, Vendor.Asked);
    }

    [Fact]
    public async Task After_stop_nothing_leaves_that_nobody_asked_for()
    {
        await StartAsync();
        await _bot.WriteAsync(session => session.ExecuteAsync("UPDATE participants SET stopped_at = 1"));
        await _bot.PhotoAsync("one", RecognitionHost.Sample(2));
        await Eventually.TrueAsync(
            async () => await _bot.StateAsync() is null or "failed" or "withheld" && await _bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM messages") == 0, "it is not sent");

        Assert.Equal(1, Vendor.Asked);
    }

    private Task QuietAsync() => Eventually.TrueAsync(
        async () =>
        {
            Tick();
            return await _bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM turns WHERE handled_at IS NULL") == 0
                && await _bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM messages") == 0;
        },
        "all is handled");

    private async Task StartAsync(TimeProvider? clock = null, params (string Key, string Value)[] settings)
    {
        _bot = await WhatsAppBot.StartAsync(clock, settings);
        await _bot.SayAsync("hello");
        await Eventually.TrueAsync(
            async () =>
            {
                if (clock is not null)
                    Tick();
                return await _bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM replies WHERE state = 'sent'") == 1
                    && await _bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM messages") == 0;
            },
            "the mother is greeted");
    }

    private void Tick() => _clock.Advance(TimeSpan.FromMilliseconds(50));

    private async Task<HttpStatusCode> StatusAsync(string link)
    {
        using var answer = await Vendor.FetchAsync(link);
        return answer.StatusCode;
    }

    /// <summary>The program dies after the call and before its result is committed, and starts again.</summary>
    private async Task CrashAsync()
    {
        await _bot.WriteAsync(session => session.ExecuteAsync(
            """
            UPDATE media_distributions SET state = 'sending', vendor_id = NULL, sent_at = NULL;
            UPDATE replies SET state = 'sending', vendor_id = NULL WHERE turn_id IS NULL;
            """));
        await _bot.WriteAsync(async session => await _bot.Get<Recognition.Messaging.IOutbox>().SendAsync(
            session, new Recognition.Messages.SendMedia(new Recognition.Domain.DeliveryId((await session.QuerySingleOrDefaultAsync<string>("SELECT id FROM media_distributions"))!))));
        await _bot.RestartAsync();
    }
}

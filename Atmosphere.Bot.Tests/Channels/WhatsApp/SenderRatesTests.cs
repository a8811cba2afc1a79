using System.Globalization;
using Atmosphere.Bot.Channels.WhatsApp.Twilio;
using Atmosphere.Bot.Storage;
using Atmosphere.Bot.Tests.Fixtures;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Tests.Channels.WhatsApp;

public sealed class SenderRatesTests
{
    private static readonly ConversationKey _parent = new("whatsapp", "+15551234567");
    private static readonly ConversationKey _other = new("whatsapp", "+15557654321");

    private readonly TestClock _clock = new();
    private int _messages;

    [Fact]
    public void Beyond_the_limit_a_sender_is_told_once_a_window_and_others_are_heard()
    {
        var rates = Rates(perMinute: 2, perHour: 100);
        Assert.Equal([SenderRate.Fine, SenderRate.Fine, SenderRate.Exceeded, SenderRate.Told, SenderRate.Told], Say(rates, 5));
        Assert.Equal(SenderRate.Fine, rates.Count(_other, "1"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([SenderRate.Fine, SenderRate.Fine, SenderRate.Exceeded, SenderRate.Told], Say(rates, 4));
    }

    [Fact]
    public void The_hour_counts_over_its_minutes_and_is_told_of_once()
    {
        var rates = Rates(perMinute: 2, perHour: 3);
        Assert.Equal([SenderRate.Fine, SenderRate.Fine], Say(rates, 2));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([SenderRate.Fine, SenderRate.Exceeded, SenderRate.Told], Say(rates, 3));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([SenderRate.Told], Say(rates, 1));
        _clock.Advance(TimeSpan.FromMinutes(58));
        Assert.Equal([SenderRate.Fine], Say(rates, 1));
    }

    [Fact]
    public void A_message_that_comes_again_counts_once_and_one_that_was_not_stored_not_at_all()
    {
        var rates = Rates(perMinute: 2, perHour: 100);
        Assert.Equal([SenderRate.Fine, SenderRate.Fine, SenderRate.Fine], Enumerable.Range(0, 3).Select(_ => rates.Count(_parent, "1")));
        Assert.Equal(SenderRate.Fine, rates.Count(_parent, "2"));
        rates.Forget(_parent, "2");
        Assert.Equal(SenderRate.Fine, rates.Count(_parent, "3"));
        Assert.Equal(SenderRate.Exceeded, rates.Count(_parent, "4"));
        rates.Forget(_parent, "4");
        Assert.Equal(SenderRate.Exceeded, rates.Count(_parent, "5"));
    }

    [Fact]
    public async Task A_flood_of_one_sender_delays_nobody_and_is_answered_with_one_sentence()
    {
        var whatsApp = new RecordedWhatsApp();
        await using var server = await BotServer.StartAsync(whatsApp.Replace, TwilioWebhook.Settings(("MessagesPerMinute", "30"), ("MessagesPerHour", "30")));
        using var twilio = new TwilioWebhook(server);
        var flood = Enumerable.Range(0, 500).Select(number => twilio.Message($"help {number}")).ToList();
        var other = twilio.Message("hello", "+15557654321");
        var sent = 0;
        var flooding = Parallel.ForEachAsync(flood, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (message, _) =>
        {
            await twilio.SayAsync(message);
            // In the middle of it.
            if (Interlocked.Increment(ref sent) == 200)
                await twilio.SayAsync(other);
        });
        Assert.Contains("Hello! I am Atmosphere", await whatsApp.HearAsync(1, "+15557654321"), StringComparison.Ordinal);
        await flooding;
        await Eventually.TrueAsync(() => whatsApp.Said.Count(said => said.To == TwilioWebhook.Parent) == 31, "thirty messages and the excess were answered");
        Assert.Single(whatsApp.Said, said => said.Text.Contains("many messages in a short time", StringComparison.Ordinal));
        Assert.Equal(32, await server.QueryAsync<long>("SELECT COUNT(*) FROM turns"));
        Assert.Single(server.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("writes more than is answered", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.Lines, line => line.Contains("15551234567", StringComparison.Ordinal));
    }

    private SenderRates Rates(int perMinute, int perHour) =>
        new(Options.Create(new TwilioOptions { MessagesPerMinute = perMinute, MessagesPerHour = perHour }), _clock);

    private SenderRate[] Say(SenderRates rates, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => rates.Count(_parent, (++_messages).ToString(CultureInfo.InvariantCulture)))];
}

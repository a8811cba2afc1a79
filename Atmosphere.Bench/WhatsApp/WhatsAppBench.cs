using System.Diagnostics;
using Atmosphere.Bench.Doors;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Channels.WhatsApp.Twilio;
using Atmosphere.Bot.Console;
using Atmosphere.Recognition.Flows.Gateway;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bench.WhatsApp;

/// <summary>The whole server between Twilio's webhooks and Twilio's API, both played here, while photos are recognised.</summary>
internal sealed class WhatsAppBench(WhatsAppPlan plan)
{
    private const int WarmUp = 200;

    // Longer than any pause between two retries.
    private static readonly TimeSpan _standstill = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(100);

    public async Task<WhatsAppResult> RunAsync(IConfigurationRoot settings, Action<string> report, CancellationToken cancellation)
    {
        await using var twilio = await FakeTwilio.StartAsync();
        Configure(settings, twilio);
        await using var server = await TemporaryServer.StartAsync(settings, cancellation);
        var database = server.Services.GetRequiredService<Database>();
        using var load = new TwilioLoad(server.Address, plan);
        await load.WarmUpAsync(Math.Min(WarmUp, plan.Messages), cancellation);
        using var photos = new ClassPhotos(server.Services.GetRequiredService<GroupPhotos>(), database, plan.Photos, cancellation);
        report($"{plan.Messages} webhooks, {plan.Rate} a second ...");
        await load.RunAsync(cancellation);
        var finished = await photos.StopAsync();
        report("All are answered; waiting for the replies ...");
        var sent = Stopwatch.GetTimestamp();
        await EverythingAnsweredAsync(database, twilio, cancellation);
        return await CountAsync(database, twilio, load, finished, Stopwatch.GetElapsedTime(sent), cancellation);
    }

    private static void Configure(IConfigurationRoot settings, FakeTwilio twilio)
    {
        foreach (var (key, value) in twilio.Settings)
            settings[key] = value;
        (string Key, string Value)[] rates = [("MessagesPerMinute", "10000"), ("MessagesPerHour", "100000"), ("MessagesPerSecond", "1000")];
        foreach (var (key, value) in rates)
            settings[$"{TwilioOptions.Section}:{key}"] = value;
    }

    /// <summary>Ends, too, when nothing moves any more: the counts say what is missing.</summary>
    private static async Task EverythingAnsweredAsync(Database database, FakeTwilio twilio, CancellationToken cancellation)
    {
        using var look = new PeriodicTimer(_look);
        var (before, since) = ((-1L, -1L, -1), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(since) < _standstill)
        {
            var now = await database.ReadAsync(
                async session => (
                    await session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM turns WHERE handled_at IS NULL"),
                    await session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM replies"),
                    twilio.Sent.Count),
                cancellation);
            if (now.Item1 == 0 && now.Item2 <= now.Item3)
                return;
            if (now != before)
                (before, since) = (now, Stopwatch.GetTimestamp());
            await look.WaitForNextTickAsync(cancellation);
        }
    }

    private async Task<WhatsAppResult> CountAsync(
        Database database, FakeTwilio twilio, TwilioLoad load, int photos, TimeSpan allAnswered, CancellationToken cancellation)
    {
        // Whatever is sent twice may come a moment later.
        await Task.Delay(_look * 10, cancellation);
        var (turns, unanswered, replies) = await database.ReadAsync(
            async session => (
                await session.QueryAsync<string>("SELECT message_id FROM turns WHERE message_id LIKE 'SM%'"),
                await session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM turns t WHERE NOT EXISTS (SELECT 1 FROM replies r WHERE r.turn_id = t.id)"),
                await session.QueryAsync<string>($"SELECT conversation_id FROM replies WHERE conversation_id NOT LIKE '%{TwilioLoad.WarmUpSenders}%'")),
            cancellation);
        var stored = turns.ToHashSet(StringComparer.Ordinal);
        var received = twilio.Sent.CountBy(sent => sent.Form["To"]).ToDictionary(StringComparer.Ordinal);
        var (repliesLost, repliesDoubled) = (0, 0);
        foreach (var (conversation, expected) in replies.CountBy(conversation => conversation))
        {
            var missing = expected - received.GetValueOrDefault(conversation);
            repliesLost += Math.Max(missing, 0);
            repliesDoubled += Math.Max(-missing, 0);
        }

        return new WhatsAppResult(
            plan.Messages, load.Refused, load.Repeated, Enumerable.Range(0, plan.Messages).Count(message => !stored.Contains(TwilioLoad.Sid(message))),
            turns.Count - stored.Count, (int)unanswered, replies.Count, repliesLost, repliesDoubled, photos,
            new DoorTimes("POST /whatsapp/twilio", [.. load.Times]), allAnswered);
    }
}

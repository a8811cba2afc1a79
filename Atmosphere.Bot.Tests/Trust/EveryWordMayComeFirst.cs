using System.Text.Json.Nodes;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Tests.Channels.Groups;
using Atmosphere.Bot.Tests.Channels.WhatsApp;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Bot.Texts;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>Whatever somebody whom the bot has never heard writes first, in whatever channel, is answered; nothing becomes a dead letter.</summary>
public sealed class EveryWordMayComeFirst
{
    /// <summary>The buttons of every word in every language, and words that something follows.</summary>
    private static readonly string[] _words =
    [
        .. from code in Languages.Codes
           let words = Words.Load(Path.Combine(AppContext.BaseDirectory, "dialogs"), code)
           from word in Enum.GetValues<Word>()
           select words.ButtonOf(word),
        "allow 5840", "refuse 5840", "add child Maya", "not Maya", "why 12", "ABCD-EFGH", "1", "5840", "", "שלום", "hola",
    ];

    [Fact]
    public async Task Over_the_Bot_Framework()
    {
        await using var server = await BotServer.StartAsync();
        await Parallel.ForEachAsync(_words, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (word, cancellation) =>
        {
            await using var chat = await BotFrameworkChat.StartAsync(server);
            await chat.SayAsync("first", word, []);
            Assert.NotEqual("", (await chat.HearAsync()).Text);
        });
        await NothingIsLeftAsync(server);
    }

    [Fact]
    public async Task Over_Direct_Line()
    {
        await using var server = await BotServer.StartAsync();
        await Parallel.ForEachAsync(_words, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (word, cancellation) =>
        {
            await using var chat = new DirectLineChat(server);
            await chat.OpenAsync();
            await chat.SayAsync("first", word, []);
            // The greeting came before it.
            _ = await chat.HearAsync();
            Assert.NotEqual("", (await chat.HearAsync()).Text);
        });
        await NothingIsLeftAsync(server);
    }

    [Fact]
    public async Task Over_WhatsApp_by_Twilio()
    {
        var whatsApp = new RecordedWhatsApp();
        await using var server = await BotServer.StartAsync(whatsApp.Replace, TwilioWebhook.Settings());
        using var twilio = new TwilioWebhook(server);
        foreach (var (number, word) in _words.Index())
            await twilio.SayAsync(twilio.Message(word, $"+1555200{number:0000}"));
        await Eventually.TrueAsync(() => whatsApp.Said.Select(said => said.To).Distinct().Count() == _words.Length, "everybody is answered");
        await NothingIsLeftAsync(server);
    }

    [Fact]
    public async Task Over_WhatsApp_by_WAHA()
    {
        await using var waha = await FakeWaha.StartAsync();
        await using var server = await BotServer.StartAsync(null, waha.Settings);
        var words = _words.Where(word => word.Length > 0).ToList();
        foreach (var (number, word) in words.Index())
        {
            var sender = $"1555200{number:0000}@c.us";
            var message = waha.Message(sender, sender, word, $"M{number}", GroupServer.Now);
            ((JsonObject)message["payload"]!).Remove("participant");
            Assert.Equal(200, await waha.PostAsync(server.Address, message));
        }

        await Eventually.TrueAsync(() => waha.Said.Select(said => said.Chat).Distinct().Count() == words.Count, "everybody is answered");
        await NothingIsLeftAsync(server);
    }

    private static async Task NothingIsLeftAsync(BotServer server)
    {
        await Eventually.TrueAsync(async () => await server.QueryAsync<long>("SELECT COUNT(*) FROM turns WHERE handled_at IS NULL") == 0, "every turn is handled");
        Assert.Null(await server.QueryAsync<string>("SELECT reason FROM dead_letters LIMIT 1"));
    }
}

using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Tests.Channels.Groups;
using Atmosphere.Bot.Tests.Channels.WhatsApp;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>A server whose private chats Twilio carries and whose groups a WAHA container does, both played here, and the phones at their ends.</summary>
internal sealed partial class WhatsAppFamily : IAsyncDisposable
{
    private const string Section = "Atmosphere:Channels:WhatsApp:Twilio";

    private readonly ConcurrentDictionary<string, byte[]> _files = new();
    private readonly ConcurrentDictionary<string, int> _read = new();
    private LocalVendor _media = null!;
    private int _messages;

    public BotServer Bot { get; private set; } = null!;

    public FakeTwilio Twilio { get; private set; } = null!;

    public FakeWaha Waha { get; private set; } = null!;

    public static async Task<WhatsAppFamily> StartAsync()
    {
        var family = new WhatsAppFamily { Twilio = await FakeTwilio.StartAsync(), Waha = await FakeWaha.StartAsync() };
        family._media = await LocalVendor.StartAsync(async context => await context.Response.Body.WriteAsync(family._files[$"{context.Request.Path}".Split('/')[^1]]));
        family.Bot = await BotServer.StartAsync(
            null,
            [
                .. family.Twilio.Settings, .. family.Waha.Settings, ($"{Section}:MediaHosts:0", family._media.Address.Authority),
                ($"{Section}:AllowPrivateTargets", "true"), ($"{Section}:MessagesPerSecond", "100"),
            ]);
        family.Twilio.Bot = family.Bot.Address;
        return family;
    }

    /// <summary>Twilio brings it to the webhook.</summary>
    public async Task SayAsync(string from, string text, byte[]? photo = null, string? replyTo = null)
    {
        using var webhook = new TwilioWebhook(Bot);
        var form = webhook.Message(text, from);
        (form["MessageSid"], form["To"]) = ($"SM{++_messages:x32}", FakeTwilio.From);
        if (photo is not null)
        {
            _files[$"ME{_messages}"] = photo;
            (form["NumMedia"], form["MediaUrl0"], form["MediaContentType0"]) = ("1", $"{_media.Address}ME{_messages}", "image/jpeg");
        }

        if (replyTo is not null)
            form["OriginalRepliedMessageSid"] = replyTo;
        await webhook.SayAsync(form);
    }

    /// <summary>The next message to a phone that has these words; what came before it is passed over.</summary>
    public async Task<TwilioSent> HearAsync(string phone, string words)
    {
        TwilioSent? found = null;
        await Eventually.TrueAsync(
            () =>
            {
                var all = Of(phone);
                var at = all.FindIndex(_read.GetValueOrDefault(phone), sent => sent.Body?.Contains(words, StringComparison.Ordinal) == true);
                if (at < 0)
                    return false;
                (found, _read[phone]) = (all[at], at + 1);
                return true;
            },
            $"{phone} hears '{words}' after line {_read.GetValueOrDefault(phone)}");
        return found!;
    }

    /// <summary>Says it and hears the answer.</summary>
    public async Task<TwilioSent> AskAsync(string phone, string text, string words, byte[]? photo = null, string? replyTo = null)
    {
        await SayAsync(phone, text, photo, replyTo);
        return await HearAsync(phone, words);
    }

    public List<TwilioSent> Of(string phone) => [.. Twilio.Sent.Where(sent => sent.Form["To"] == $"whatsapp:{phone}")];

    public List<TwilioSent> PhotosOf(string phone) =>
        [.. Of(phone).Where(sent => sent.Media is not null && sent.Body?.StartsWith("A new class photo", StringComparison.Ordinal) == true)];

    /// <summary>The code in a message.</summary>
    public static string CodeIn(string text) => Code().Match(text).Value;

    /// <summary>Posts a photo in the group, twice as the engine may, and waits until all that follows is done.</summary>
    public async Task PostAsync(string author, string name, byte[] photo)
    {
        Waha.Files[name] = photo;
        var message = Waha.Message(GroupServer.Class, author, "", name, GroupServer.Now, name);
        Assert.Equal(200, await Waha.PostAsync(Bot.Address, message));
        message["id"] = $"evt_again_{name}";
        Assert.Equal(200, await Waha.PostAsync(Bot.Address, message));
        await DoneAsync();
    }

    public Task DoneAsync() => Eventually.TrueAsync(
        async () => await CountAsync("messages") == 0 && await CountAsync("webhook_events WHERE handled_at IS NULL") == 0
            && await CountAsync("photos WHERE distributed_at IS NULL AND state <> 'failed'") == 0
            && await CountAsync("media_distributions WHERE state IN ('pending', 'sending')") == 0,
        "everything is done");

    public async Task<long> CountAsync(string rows) => await Bot.QueryAsync<long>($"SELECT COUNT(*) FROM {rows}");

    public async ValueTask DisposeAsync()
    {
        await Bot.DisposeAsync();
        await _media.DisposeAsync();
        await Waha.DisposeAsync();
        await Twilio.DisposeAsync();
    }

    [GeneratedRegex("[A-Z0-9]{4}-[A-Z0-9]{4}")]
    private static partial Regex Code();
}

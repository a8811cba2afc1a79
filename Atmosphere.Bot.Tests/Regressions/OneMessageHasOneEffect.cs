using System.Text.Json.Nodes;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Tests.Fixtures;
using static Atmosphere.Bot.Tests.Channels.Groups.GroupServer;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>The same message told under a number and under a hidden id (LID) was answered twice; a parent behind a LID was not answered at all.</summary>
public sealed class OneMessageHasOneEffect : IAsyncLifetime
{
    private const string Number = "4915100000002@c.us";
    private const string Hidden = "123456789012345@lid";

    private FakeWaha _waha = null!;
    private BotServer _bot = null!;

    public async ValueTask InitializeAsync()
    {
        _waha = await FakeWaha.StartAsync();
        _bot = await BotServer.StartAsync(null, [.. _waha.Settings]);
    }

    public async ValueTask DisposeAsync()
    {
        await _bot.DisposeAsync();
        await _waha.DisposeAsync();
    }

    [Theory]
    [InlineData(Number, Hidden)]
    [InlineData(Hidden, Number)]
    public async Task A_message_that_is_told_under_both_ids_is_answered_once(string first, string second)
    {
        _waha.Hidden[Hidden] = Number;
        await SayAsync(first, "KEY-1", "hello");
        await SayAsync(second, "KEY-1", "hello");
        await SayAsync(first, "KEY-1", "hello");
        await Eventually.TrueAsync(async () => await CountAsync("webhook_events WHERE handled_at IS NULL") == 0 && await CountAsync("turns WHERE handled_at IS NULL") == 0, "all are handled");
        await Eventually.TrueAsync(() => !_waha.Said.IsEmpty, "it is answered");

        Assert.Single(_waha.Said);
        Assert.Equal(1, await CountAsync("turns"));
        Assert.Equal(1, await CountAsync("participants"));
    }

    [Theory]
    [InlineData("""{"key":{"remoteJid":"123456789012345@lid","remoteJidAlt":"4915100000002@s.whatsapp.net","addressingMode":"lid"},"message":{"conversation":"hello"}}""")]
    [InlineData("""{"key":{"remoteJid":"123456789012345@lid","senderPn":"4915100000002@s.whatsapp.net"},"message":{"conversation":"hello"}}""")]
    [InlineData("""{"Info":{"Chat":"123456789012345@lid","Sender":"123456789012345@lid","SenderAlt":"4915100000002:7@s.whatsapp.net","AddressingMode":"lid"},"Message":{"conversation":"hello"}}""")]
    public async Task A_parent_behind_a_hidden_id_is_answered_when_the_webhook_names_the_number_and_is_known_from_then_on(string data)
    {
        var asked = 0;
        _waha.Before = context =>
        {
            asked += context.Request.Path.StartsWithSegments("/api/default/lids") ? 1 : 0;
            return Task.FromResult(false);
        };
        await SayAsync(Hidden, "KEY-1", "hello", data);
        await Eventually.TrueAsync(() => _waha.Said.Count == 1, "it is answered");
        Assert.Equal(Hidden, _waha.Said.Single().Chat);
        Assert.Equal("+4915100000002", await _bot.QueryAsync<string>("SELECT address FROM participants"));

        // The number is not named any more, and the container does not tell it either.
        await SayAsync(Hidden, "KEY-2", "help");
        await Eventually.TrueAsync(() => _waha.Said.Count == 2, "it is answered, too");
        Assert.Equal(0, asked);
        Assert.Equal(1, await CountAsync("participants"));
        Assert.Equal(0, await CountAsync("participant_aliases WHERE alias_hash LIKE '%123456789%'"));
    }

    [Fact]
    public async Task A_group_photo_that_is_told_under_both_ids_of_its_author_is_one_photo()
    {
        await using var group = await WahaClass.StartAsync();
        await group.PostPhotoAsync("P", WahaClass.TeacherId);
        await group.PostPhotoAsync("P", "987654321@lid");
        await group.QuietAsync();

        Assert.Single(group.Waha.Fetched);
        Assert.Equal(1, await group.Server.CountAsync("photos"));
    }

    [Fact]
    public async Task A_member_who_joins_under_a_hidden_id_leaves_under_the_number()
    {
        await using var group = await WahaClass.StartAsync();
        var joined = group.Waha.Moved(Class, "join", Now - 1, "555000555@lid");
        joined["payload"]!["participants"]![0]!["pn"] = "4915100000007@c.us";
        await group.PostAsync(joined);
        await Eventually.TrueAsync(() => group.Server.IsMemberAsync(group.Group, "+4915100000007"), "they are a member");
        await group.PostAsync(group.Waha.Moved(Class, "leave", Now, "555000555@lid"));
        await Eventually.TrueAsync(async () => !await group.Server.IsMemberAsync(group.Group, "+4915100000007"), "they have left");
    }

    private Task<int> SayAsync(string chat, string key, string text, string? data = null)
    {
        var message = _waha.Message(chat, chat, text, key, Now);
        var payload = (JsonObject)message["payload"]!;
        payload.Remove("participant");
        payload["id"] = $"false_{chat}_{key}";
        if (data is not null)
            payload["_data"] = JsonNode.Parse(data);
        return _waha.PostAsync(_bot.Address, message);
    }

    private async Task<long> CountAsync(string rows) => await _bot.QueryAsync<long>($"SELECT COUNT(*) FROM {rows}");
}

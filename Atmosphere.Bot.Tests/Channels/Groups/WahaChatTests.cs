using System.Text.Json;
using System.Text.Json.Nodes;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Channels.Pictures;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Channels.Groups;

/// <summary>Private chats that a WAHA container carries, at the wire.</summary>
public sealed class WahaChatTests : IAsyncLifetime
{
    private const string Mother = "4915100000002@c.us";

    private FakeWaha _waha = null!;
    private BotServer _bot = null!;

    public async ValueTask InitializeAsync()
    {
        _waha = await FakeWaha.StartAsync();
        _bot = await BotServer.StartAsync(null, [.. _waha.Settings, ("Atmosphere:Channels:WhatsApp:Waha:AskAfter", "00:00:00")]);
    }

    public async ValueTask DisposeAsync()
    {
        await _bot.DisposeAsync();
        await _waha.DisposeAsync();
    }

    [Fact]
    public async Task An_answer_comes_once_with_numbered_lines_and_a_number_stands_for_one()
    {
        await SayAsync("hello", "A");
        await SayAsync("hello", "A");
        await UntilSaidAsync(1);
        await SayAsync("1", "B");
        await UntilSaidAsync(2);
        await SettledAsync();

        Assert.Equal(2, _waha.Said.Count);
        Assert.All(_waha.Said, said => Assert.Equal(Mother, said.Chat));
        Assert.Contains("\n1. add child\n2. my children", _waha.Said.First().Text, StringComparison.Ordinal);
        Assert.Contains("register a child", _waha.Said.Last().Text, StringComparison.Ordinal);
        Assert.Equal(2, await CountAsync("replies WHERE state = 'sent' AND vendor_id LIKE 'KEY%'"));
        Assert.DoesNotContain(_bot.Log.Lines, line => line.Contains("491510", StringComparison.Ordinal) || line.Contains("add child", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_taken_before_the_connection_was_cut_is_found_in_the_chat_and_what_was_not_is_sent(bool taken)
    {
        var calls = 0;
        _waha.Before = async context =>
        {
            if (context.Request.Path != "/api/sendText" || ++calls > 1)
                return false;
            if (taken)
                await _waha.TakeAsync(context);
            context.Abort();
            return true;
        };
        await SayAsync("hello", "A");
        await UntilSaidAsync(1);
        await SettledAsync();

        Assert.Single(_waha.Said);
        Assert.Equal(taken ? 1 : 2, calls);
        Assert.Equal(1, await CountAsync("replies WHERE state = 'sent' AND vendor_id = 'KEY1'"));
    }

    [Fact]
    public async Task A_container_that_keeps_no_chats_is_not_asked_twice_and_nothing_is_sent_blindly()
    {
        _waha.Before = context =>
        {
            if (context.Request.Path == "/api/sendText")
                context.Abort();
            else
                context.Response.StatusCode = 400;
            return Task.FromResult(true);
        };
        await SayAsync("hello", "A");
        await Eventually.TrueAsync(async () => await CountAsync("replies WHERE state = 'unknown'") == 1, "it is uncertain");
        Assert.Empty(_waha.Said);
    }

    [Fact]
    public async Task A_session_that_does_not_work_now_is_waited_for_and_a_refusal_is_not()
    {
        var statuses = new Queue<int>([503, 422]);
        _waha.Before = async context =>
        {
            if (context.Request.Path != "/api/sendText" || !statuses.TryDequeue(out var status))
                return false;
            context.Response.StatusCode = status;
            await context.Response.WriteAsJsonAsync(new { error = "It is available in another edition" });
            return true;
        };
        await SayAsync("hello", "A");
        await Eventually.TrueAsync(async () => await CountAsync("replies WHERE state = 'refused'") == 1, "it is refused");
        Assert.Empty(_waha.Said);
        Assert.Empty(statuses);
    }

    [Fact]
    public async Task A_photo_arrives_inside_the_call_and_its_receipts_follow_it_to_the_eyes_of_the_parent()
    {
        await SayAsync("hello", "A");
        await UntilSaidAsync(1);
        await PhotoAsync();
        await Eventually.TrueAsync(async () => await StateAsync() == "sent", "the photo is sent");

        var image = Assert.Single(_waha.Images);
        Assert.Equal(Mother, (string?)image["chatId"]);
        Assert.Contains("Maya", (string?)image["caption"], StringComparison.Ordinal);
        Assert.Equal("image/jpeg", (string?)image["file"]!["mimetype"]);
        Assert.Equal("image/jpeg", PictureType.Of(Convert.FromBase64String((string)image["file"]!["data"]!)));

        var key = await _bot.QueryAsync<string>("SELECT vendor_id FROM media_distributions");
        Assert.Equal(503, await OpenAckAsync());
        foreach (var (ack, state) in new[] { (0, "sent"), (1, "sent"), (2, "delivered"), (3, "read"), (2, "read"), (3, "read") })
        {
            Assert.Equal(200, await AckAsync($"true_15550001111:2@lid_{key}", ack));
            await SettledAsync();
            Assert.Equal(state, await StateAsync());
        }

        Assert.Equal(200, await AckAsync("true_x_of-nobody", 3));
    }

    [Fact]
    public async Task A_photo_that_the_container_could_not_deliver_is_failed()
    {
        await SayAsync("hello", "A");
        await UntilSaidAsync(1);
        await PhotoAsync();
        await Eventually.TrueAsync(async () => await StateAsync() == "sent", "the photo is sent");
        Assert.Equal(200, await AckAsync($"true_1_{await _bot.QueryAsync<string>("SELECT vendor_id FROM media_distributions")}", -1));
        await Eventually.TrueAsync(async () => await StateAsync() == "failed", "it is failed");
    }

    [Fact]
    public async Task An_export_is_a_file()
    {
        await SayAsync("hello", "A");
        await SayAsync("export", "B");
        await Eventually.TrueAsync(() => !_waha.SentFiles.IsEmpty, "the export is sent");
        var file = _waha.SentFiles.First()["file"]!;
        Assert.Equal(("application/json", "atmosphere.json"), ((string?)file["mimetype"], (string?)file["filename"]));
        using var json = JsonDocument.Parse(Convert.FromBase64String((string)file["data"]!));
        Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
    }

    [Fact]
    public async Task Who_writes_too_much_is_told_once()
    {
        for (var number = 0; number < 70; number++)
            await SayAsync("help", $"{number}");
        await SettledAsync();
        await Eventually.TrueAsync(async () => await CountAsync("turns WHERE handled_at IS NULL") == 0, "everything is answered");
        Assert.InRange(await CountAsync("turns"), 2, 69);
    }

    private Task<int> SayAsync(string text, string id)
    {
        var message = _waha.Message(Mother, Mother, text, id, GroupServer.Now);
        ((JsonObject)message["payload"]!).Remove("participant");
        return _waha.PostAsync(_bot.Address, message);
    }

    private Task<int> AckAsync(string id, int ack) => _waha.PostAsync(_bot.Address, _waha.Event("message.ack", new JsonObject
    {
        ["id"] = id,
        ["from"] = Mother,
        ["fromMe"] = true,
        ["ack"] = ack,
        ["ackName"] = "READ",
    }));

    /// <summary>A receipt that is quicker than the end of its call.</summary>
    private async Task<int> OpenAckAsync()
    {
        await ExecuteAsync("INSERT INTO replies (id, conversation_id, position, state, created_at) VALUES ('open', 'whatsapp:+1', 0, 'sending', 0)");
        var status = await AckAsync("true_x_early", 1);
        await ExecuteAsync("DELETE FROM replies WHERE id = 'open'");
        return status;
    }

    private async Task PhotoAsync()
    {
        var services = _bot.Services;
        var media = await services.GetRequiredService<IMediaStore>().PutAsync(MediaBucket.Unprocessed, RecognitionHost.Sample(2), "image/jpeg", default);
        await ExecuteAsync(
            $"""
            INSERT INTO persons (id, group_id, name, state, created_at) VALUES ('maya', 'class', 'Maya', 'connected', 0);
            INSERT INTO guardians (person_id, participant_id, role, since) SELECT 'maya', id, 'owner', 0 FROM participants;
            INSERT INTO consents (person_id, participant_id, version, text, given_at) SELECT 'maya', id, '1', 'I agree.', 0 FROM participants;
            INSERT INTO group_participants (group_id, participant_id, joined_at) SELECT 'class', id, 0 FROM participants WHERE true ON CONFLICT DO NOTHING;
            INSERT INTO photos (id, group_id, source_id, state, media, file_name, received_at)
            VALUES ('one', 'class', 'one', 'processed', '{media}', 'one.jpg', {GroupServer.Now * 1000});
            INSERT INTO faces (id, photo_id, x, y, width, height, score, person_id, similarity, verdict)
            VALUES ('face-one', 'one', 1, 1, 80, 80, 0.9, 'maya', 95, 'named');
            """);
        await services.GetRequiredService<Database>().WriteAsync(
            session => services.GetRequiredService<IOutbox>().SendAsync(session, new Recognition.Messages.DistributePhoto(new PhotoId("one"))));
    }

    private Task<int> ExecuteAsync(string sql) => _bot.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync(sql));

    private Task<string?> StateAsync() => _bot.QueryAsync<string>("SELECT state FROM media_distributions");

    private async Task<long> CountAsync(string rows) => await _bot.QueryAsync<long>($"SELECT COUNT(*) FROM {rows}");

    private Task UntilSaidAsync(int count) => Eventually.TrueAsync(() => _waha.Said.Count >= count, $"the bot says line {count}");

    private Task SettledAsync() => Eventually.TrueAsync(async () => await CountAsync("messages") == 0 && await CountAsync("replies WHERE state = 'sending'") == 0, "nothing is left to do");
}

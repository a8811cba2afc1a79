using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Channels;
using Atmosphere.Bot.Channels.WhatsApp.Groups;
using Atmosphere.Bot.Channels.WhatsApp.Waha;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Incoming.Groups;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Channels.Groups;

public sealed class WahaDoorTests : IAsyncLifetime
{
    private FakeWaha _waha = null!;
    private GroupServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _waha = await FakeWaha.StartAsync();
        _server = await GroupServer.StartAsync(_waha.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _waha.DisposeAsync();
    }

    [Fact]
    public async Task Only_what_the_webhooks_key_signed_is_let_in()
    {
        var body = _waha.Message(GroupServer.Class, "4915100000001@c.us", "ABCD-EFGH", "A", GroupServer.Now);
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());

        Assert.Equal(401, await _waha.PostAsync(_server.Bot.Address, bytes, signature: ""));
        Assert.Equal(401, await _waha.PostAsync(_server.Bot.Address, bytes, signature: new string('0', 128)));
        Assert.Equal(401, await _waha.PostAsync(_server.Bot.Address, bytes, signature: "not hexadecimal"));
        Assert.Equal(401, await _waha.PostAsync(_server.Bot.Address, [.. bytes, (byte)' '], FakeWaha.Sign(bytes)));
        Assert.Equal(401, await _waha.PostAsync(_server.Bot.Address, bytes, algorithm: "sha256"));
        Assert.Equal(0, await _server.CountAsync("webhook_events"));

        Assert.Equal(200, await _waha.PostAsync(_server.Bot.Address, bytes));
        Assert.Equal(1, await _server.CountAsync("webhook_events"));
    }

    [Fact]
    public async Task Nodes_own_crypto_signs_as_we_check()
    {
        var body = Encoding.UTF8.GetBytes(_waha.Left(GroupServer.Class, GroupServer.Now).ToJsonString());
        using var node = Process.Start(new ProcessStartInfo("node")
        {
            ArgumentList = { "-e", "const b=[];process.stdin.on('data',c=>b.push(c)).on('end',()=>process.stdout.write(require('crypto').createHmac('sha512',process.argv[1]).update(Buffer.concat(b)).digest('hex')))", FakeWaha.HmacKey },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await node.StandardInput.BaseStream.WriteAsync(body);
        node.StandardInput.Close();
        var signature = await node.StandardOutput.ReadToEndAsync();

        Assert.Equal(200, await _waha.PostAsync(_server.Bot.Address, body, signature));
    }

    [Fact]
    public async Task Nothing_is_expected_where_no_key_is_set()
    {
        await using var closed = await GroupServer.StartAsync([]);
        Assert.Equal(404, await _waha.PostAsync(closed.Bot.Address, _waha.Left(GroupServer.Class, GroupServer.Now)));
    }

    [Fact]
    public async Task The_same_event_and_the_same_message_are_told_once()
    {
        var body = _waha.Message(GroupServer.Class, "4915100000001@c.us", "ABCD-EFGH", "A", GroupServer.Now);
        Assert.Equal(200, await _waha.PostAsync(_server.Bot.Address, body));
        Assert.Equal(200, await _waha.PostAsync(_server.Bot.Address, body));
        // The engine may tell of one message twice, as two events.
        body["id"] = "evt_another";
        body["event"] = "message.any";
        Assert.Equal(200, await _waha.PostAsync(_server.Bot.Address, body));

        Assert.Equal(1, await _server.CountAsync("webhook_events"));
    }

    [Fact]
    public async Task One_s_own_messages_other_sessions_and_other_events_leave_nothing()
    {
        var own = _waha.Message(GroupServer.Class, FakeWaha.Me, "ABCD-EFGH", "A", GroupServer.Now);
        own["payload"]!["fromMe"] = true;
        var foreign = _waha.Message(GroupServer.Class, "4915100000001@c.us", "ABCD-EFGH", "B", GroupServer.Now);
        foreign["session"] = "another";
        var old = _waha.Message(GroupServer.Class, "4915100000001@c.us", "ABCD-EFGH", "C", GroupServer.Now - (8 * 24 * 3600));
        var status = _waha.Message("status@broadcast", "4915100000001@c.us", "ABCD-EFGH", "D", GroupServer.Now);

        foreach (var body in (JsonNode[])[own, foreign, old, status, _waha.Event("session.status", []), _waha.Event("message.ack", []), _waha.Event("group.v2.update", [])])
            Assert.Equal(200, await _waha.PostAsync(_server.Bot.Address, body));

        Assert.Equal(0, await _server.CountAsync("webhook_events"));
    }

    [Fact]
    public async Task What_is_handled_is_forgotten_but_for_its_id()
    {
        await _waha.PostAsync(_server.Bot.Address, _waha.Message(GroupServer.Class, "4915100000001@c.us", "Rumpelstiltskin", "A", GroupServer.Now, "a.jpg"));
        await _server.HandledAsync();

        Assert.Equal(1, await _server.CountAsync("webhook_events WHERE body IS NULL AND source_id NOT LIKE '%4915%'"));
        Assert.DoesNotContain(_server.Bot.Log.Lines, line => line.Contains("491510", StringComparison.Ordinal) || line.Contains("Rumpel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_people_write_in_a_group_is_stored_nowhere_unless_it_could_be_a_code()
    {
        await _waha.PostAsync(_server.Bot.Address, _waha.Message(GroupServer.Class, "4915100000001@c.us", "Rumpelstiltskin", "A", GroupServer.Now));
        Assert.Equal(0, await _server.CountAsync("webhook_events") + await _server.CountAsync("messages WHERE queue LIKE 'whatsapp-group%'"));

        var inbox = _server.Bot.Services.GetRequiredService<GroupInbox>();
        var photo = new ChatEvent(ChatEventKind.Posted, "chat", TimeProvider.System.GetUtcNow())
        {
            Message = "B",
            Text = "Rumpelstiltskin",
            ProfileName = "Rumpelstiltskin",
            Files = [new IncomingFile("Rumpelstiltskin.jpg", "image/jpeg", Url: "http://x/")],
        };
        await _server.Database.WriteAsync(session => session.ExecuteAsync("CREATE TABLE seen (body TEXT)"));
        await _server.Database.WriteAsync(session => session.ExecuteAsync("CREATE TRIGGER watch AFTER INSERT ON webhook_events BEGIN INSERT INTO seen VALUES (NEW.body); END"));
        Assert.True(await inbox.AcceptAsync("whatsapp-waha", "B", photo, default));
        Assert.Equal(1, await _server.CountAsync("seen WHERE body NOT LIKE '%Rumpel%'"));
    }

    [Fact]
    public async Task What_a_dead_letter_would_tell_of_people_is_forgotten()
    {
        _waha.Before = context =>
        {
            context.Response.StatusCode = 500;
            return Task.FromResult(true);
        };
        var message = _waha.Message(GroupServer.Class, "x", "Rumpelstiltskin", "P", GroupServer.Now);
        message["payload"]!["from"] = "99887766@lid";
        await _waha.PostAsync(_server.Bot.Address, message);
        var id = await _server.Bot.QueryAsync<string>("SELECT id FROM webhook_events WHERE body LIKE '%Rumpel%'");
        var step = _server.Bot.Services.GetRequiredService<HandleGroupEvent>();
        var outbox = _server.Bot.Services.GetRequiredService<IOutbox>();
        await _server.Database.WriteAsync(session => step.Exhausted(new GroupEventReceived(id!, "chat"), new HttpRequestException("500")).ApplyAsync(session, outbox));

        Assert.Equal(1, await _server.CountAsync("webhook_events WHERE body IS NULL"));
        Assert.DoesNotContain(_server.Bot.Log.Lines, line => line.Contains("99887766", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_writes_privately_without_end_is_told_once_and_not_heard()
    {
        await using var server = await GroupServer.StartAsync([.. _waha.Settings, ("Atmosphere:Channels:WhatsApp:Twilio:MessagesPerMinute", "2")]);
        for (var number = 0; number < 6; number++)
        {
            var message = _waha.Message(GroupServer.Class, "x", "hello", $"{number}", GroupServer.Now);
            message["payload"]!["from"] = "4915100000009@c.us";
            await _waha.PostAsync(server.Bot.Address, message);
        }

        await server.HandledAsync();
        Assert.Equal(3, await server.CountAsync("turns"));
    }

    [Theory]
    [InlineData("http://localhost:3000/api/files/default/a.jpg")]
    [InlineData("https://example.org/waha/api/files/default/a.jpg?x=1")]
    public async Task A_container_behind_a_path_is_asked_below_that_path(string named)
    {
        var asked = "";
        _waha.Before = context =>
        {
            asked = context.Request.Path + context.Request.QueryString;
            return Task.FromResult(false);
        };
        var settings = _waha.Settings.Select(setting => setting.Item1.EndsWith("BaseUrl", StringComparison.Ordinal) ? (setting.Item1, setting.Item2 + "waha/") : setting);
        await using var server = await GroupServer.StartAsync([.. settings]);
        var api = server.Bot.Services.GetRequiredService<WahaApi>();
        await Assert.ThrowsAsync<FileUnavailableException>(() => api.FetchAsync(new IncomingFile("", "", Url: named), default));
        Assert.StartsWith("/waha/api/files/default/a.jpg", asked, StringComparison.Ordinal);

        asked = "";
        await Assert.ThrowsAsync<FileUnavailableException>(() => api.FetchAsync(new IncomingFile("", "", Url: "http://localhost:3000/other/api/files/a.jpg"), default));
        Assert.Equal("", asked);
    }

    [Fact]
    public async Task Odd_bodies_of_ten_thousand_bytes_break_nothing()
    {
        var random = new Random(4);
        var values = (JsonNode?[])[null, 0, -1, 1e300, "", "x", "\ud800", true, new JsonArray(), new JsonObject(), new string('9', 10_000), "4915100000001@c.us", GroupServer.Class];
        var paths = (string[])["id", "event", "session", "me", "timestamp", "payload", "payload.id", "payload.from", "payload.participant", "payload.timestamp", "payload.body", "payload.media", "payload.media.url", "payload.hasMedia", "payload.group", "payload.participants", "payload.type", "payload.fromMe", "payload.replyTo", "payload._data"];
        for (var number = 0; number < 400; number++)
        {
            var body = random.Next(2) == 0
                ? _waha.Message(GroupServer.Class, "4915100000001@c.us", new string('x', 10_000), $"{number}", GroupServer.Now, "photo.jpg")
                : _waha.Moved(GroupServer.Class, "join", GroupServer.Now, [.. Enumerable.Range(0, 300).Select(member => $"49151{member:D8}@c.us")]);
            foreach (var path in Enumerable.Range(0, 2).Select(_ => paths[random.Next(paths.Length)]))
                Put(body, path.Split('.'), values[random.Next(values.Length)]?.DeepClone());
            var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
            if (random.Next(4) == 0)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Assert.InRange(await _waha.PostAsync(_server.Bot.Address, bytes, random.Next(3) == 0 ? new string('a', 128) : null), 200, 499);
        }

        foreach (var text in (string[])["", "null", "[]", "\"x\"", "{", new string('[', 10_000), new string('{', 10_000)])
            Assert.Equal(400, await _waha.PostAsync(_server.Bot.Address, Encoding.UTF8.GetBytes(text)));
        Assert.Equal(413, await _waha.PostAsync(_server.Bot.Address, new byte[2 * 1024 * 1024]));
        await _server.HandledAsync();
        Assert.Equal(0, await _server.CountAsync("dead_letters"));
        Assert.Equal(0, await _server.CountAsync("group_members"));
        Assert.DoesNotContain(_server.Bot.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));
    }

    private static void Put(JsonNode body, string[] path, JsonNode? value)
    {
        if (path.Length == 1 || body[path[0]] is not JsonObject inner)
            body[path[0]] = value;
        else
            Put(inner, path[1..], value);
    }
}

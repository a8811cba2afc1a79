using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Channels.WhatsApp.Twilio;
using Atmosphere.Bot.Tests.Channels;
using Atmosphere.Bot.Tests.Channels.Groups;
using Atmosphere.Bot.Tests.Channels.WhatsApp;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Storage;
using Microsoft.AspNetCore.Http;
using static Atmosphere.Bot.Tests.Channels.Groups.GroupServer;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>Membership is proven, not assumed: for every way to join, who gets in by it and who does not.</summary>
public sealed partial class WhoGetsIn
{
    private const string Teacher = "+4915100000001";
    private const string Friend = "+15557654321";
    private const string Stranger = "+15559999999";

    private static readonly Dictionary<WayToJoin, Func<Task>> _rows = new()
    {
        [WayToJoin.Playground] = PlaygroundAsync,
        [WayToJoin.GroupCode] = GroupCodeAsync,
        [WayToJoin.ContainerEvents] = ContainerEventsAsync,
        [WayToJoin.WahaParticipants] = WahaParticipantsAsync,
        [WayToJoin.TwilioParticipants] = TwilioParticipantsAsync,
        [WayToJoin.Invitation] = InvitationAsync,
        [WayToJoin.ShareCode] = ShareCodeAsync,
        [WayToJoin.OwnersYes] = OwnersYesAsync,
        [WayToJoin.Operator] = OperatorAsync,
    };

    public static TheoryData<WayToJoin> Ways => [.. Enum.GetValues<WayToJoin>()];

    [Theory]
    [MemberData(nameof(Ways))]
    public Task Each_way_lets_in_whom_it_should_and_nobody_else(WayToJoin way)
    {
        Assert.True(_rows.TryGetValue(way, out var row), $"Nothing says who gets in by {way}: give it a row.");
        return row!();
    }

    /// <summary>Visitors of this machine join the class; with an app id new users join no group, and former visitors are removed.</summary>
    private static async Task PlaygroundAsync()
    {
        await using var vendor = await OpenIdVendor.StartAsync();
        var said = new List<string>();
        await using var channel = await LocalVendor.StartAsync(async context =>
        {
            var text = $"{(await context.Request.ReadFromJsonAsync<System.Text.Json.Nodes.JsonNode>())!["text"]}";
            lock (said)
                said.Add(text);
        });
        await using var server = await BotServer.StartAsGivenAsync(vendor.Trust);
        await using (var chat = new DirectLineChat(server))
        {
            await chat.OpenAsync();
            _ = await chat.HearAsync();
        }

        Assert.Equal((1, 0), (await MembersAsync(server, "class"), await ConfirmsAsync(server, "class")));

        server.Set(vendor.Settings);
        await server.RestartAsync();
        Assert.Equal((0, 1), (await MembersAsync(server, "class"), await ConfirmsAsync(server, "class")));
        var claims = new
        {
            iss = OpenIdVendor.Issuer,
            aud = "app-1",
            exp = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds(),
            nbf = 1,
            serviceurl = channel.Address.ToString(),
        };
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/api/messages"))
        {
            Content = JsonContent.Create(new
            {
                type = "message",
                id = "1",
                text = "add child",
                channelId = "emulator",
                serviceUrl = channel.Address.ToString(),
                from = new { id = "anybody" },
                recipient = new { id = "bot" },
                conversation = new { id = "conversation-1" },
            }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", vendor.Sign(claims));
        using var response = await http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        await Eventually.TrueAsync(() => said.Count > 0, "the stranger is answered");
        Assert.Contains("I do not know you from any group", said[0], StringComparison.Ordinal);
        Assert.Equal(0, await server.QueryAsync<long>("SELECT COUNT(*) FROM group_participants"));
    }

    /// <summary>A teacher's code links the chat in which the teacher posts it; posted by another it links nothing. The group asks for confirmations.</summary>
    private static async Task GroupCodeAsync()
    {
        await using var container = await ContainerAsync();
        var code = await container.Server.CodeAsync(await container.Server.ParticipantAsync(Teacher, teacher: true));
        Assert.Equal(202, await container.PostAsync("thief", "theirs", $"""
            "kind":"message","from":"{Stranger}","text":"{code}"
            """));
        await container.Server.HandledAsync();
        Assert.Equal(0, await container.Server.CountAsync("groups WHERE channel IS NOT NULL"));

        await container.PostAsync("teacher", "ours", $"""
            "kind":"message","from":"{Teacher}","text":"{code}"
            """);
        var group = await container.Server.LinkedAsync("whatsapp-container", "ours");
        Assert.Equal(1, await ConfirmsAsync(container.Server.Bot, group.Value));
    }

    /// <summary>Who the container signs to be in a linked group is; what it did not sign, or says of another chat, makes nobody a member.</summary>
    private static async Task ContainerEventsAsync()
    {
        await using var container = await ContainerAsync();
        var code = await container.Server.CodeAsync(await container.Server.ParticipantAsync(Teacher, teacher: true));
        await container.PostAsync("code", "ours", $"""
            "kind":"message","from":"{Teacher}","text":"{code}"
            """);
        var group = await container.Server.LinkedAsync("whatsapp-container", "ours");
        await container.PostAsync("wrote", "ours", $"""
            "kind":"message","from":"{Friend}","text":"hello"
            """);
        await container.PostAsync("joined", "ours", """
            "kind":"members-joined","members":["+15551111111"]
            """);
        await container.PostAsync("elsewhere", "another-chat", $"""
            "kind":"members-joined","members":["{Stranger}"]
            """);
        Assert.Equal(401, await container.PostAsync("unsigned", "ours", $"""
            "kind":"members-joined","members":["{Stranger}"]
            """, key: "another-key-of-nobody"));
        await container.Server.HandledAsync();

        Assert.True(await container.Server.IsMemberAsync(group, Friend));
        Assert.True(await container.Server.IsMemberAsync(group, "+15551111111"));
        Assert.Equal(0, await container.Server.CountAsync($"group_members WHERE address_hash = '{container.Server.Database.Key.HashOf(Stranger)}'"));
        Assert.Equal(0, await container.Server.CountAsync("group_members WHERE way <> 'containerevents'"));

        // Who is a member there is one of the bot's when they write; a stranger who writes is in nothing.
        var (friend, stranger) = (await container.Server.ParticipantAsync(Friend), await container.Server.ParticipantAsync(Stranger));
        Assert.Equal(1, await container.Server.CountAsync($"group_participants WHERE participant_id = '{friend}' AND group_id = '{group}'"));
        Assert.Equal(0, await container.Server.CountAsync($"group_participants WHERE participant_id = '{stranger}'"));
    }

    /// <summary>Whom WAHA lists is in; who is not listed, or is named without its signature, is not.</summary>
    private static async Task WahaParticipantsAsync()
    {
        await using var waha = await FakeWaha.StartAsync();
        waha.Members[Class] = [("4915100000001@c.us", null), ("15557654321@c.us", null)];
        await using var server = await GroupServer.StartAsync(waha.Settings);
        var code = await server.CodeAsync(await server.ParticipantAsync(Teacher, teacher: true));
        await waha.PostAsync(server.Bot.Address, waha.Message(Class, "4915100000001@c.us", code, "A", Now - 120));
        var group = await server.LinkedAsync("whatsapp-waha", Class);
        await Eventually.TrueAsync(() => server.IsMemberAsync(group, Friend), "the members are known");
        Assert.NotEqual(200, await waha.PostAsync(server.Bot.Address, waha.Moved(Class, "join", Now, "15559999999@c.us"), signature: new string('0', 128)));
        await waha.PostAsync(server.Bot.Address, waha.Moved(Other, "join", Now, "15559999999@c.us"));
        await server.HandledAsync();

        Assert.False(await server.IsMemberAsync(group, Stranger));
        Assert.Equal(0, await server.CountAsync("group_members WHERE way <> 'wahaparticipants'"));
        Assert.Equal(1, await ConfirmsAsync(server.Bot, group.Value));
    }

    /// <summary>Whom Twilio signs to be a participant of a linked conversation is in; without the signature nobody is.</summary>
    private static async Task TwilioParticipantsAsync()
    {
        await using var server = await GroupServer.StartAsync(
        [
            .. TwilioWebhook.Settings(("AllowPrivateTargets", "true")),
            // Nobody answers there: the list of members is not what this is about.
            ("Atmosphere:Channels:WhatsApp:Twilio:ConversationsBaseUrl", "http://127.0.0.1:9/"),
        ]);
        using var http = new HttpClient();
        var date = TimeProvider.System.GetUtcNow().AddSeconds(-60).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
        var code = await server.CodeAsync(await server.ParticipantAsync(Teacher, teacher: true));
        await PostAsync("onMessageAdded", TwilioWebhook.Token, ("MessageSid", "IM1"), ("Author", $"whatsapp:{Teacher}"), ("Body", code));
        var group = await server.LinkedAsync("whatsapp-conversations", "CH00000000000000000000000000000001");
        Assert.Equal(200, await JoinedAsync(Friend, TwilioWebhook.Token));
        Assert.Equal(403, await JoinedAsync(Stranger, "another"));
        await Eventually.TrueAsync(() => server.IsMemberAsync(group, Friend), "the participant is a member");
        Assert.False(await server.IsMemberAsync(group, Stranger));
        Assert.Equal(0, await server.CountAsync("group_members WHERE way <> 'twilioparticipants'"));
        Assert.Equal(1, await ConfirmsAsync(server.Bot, group.Value));

        Task<int> JoinedAsync(string number, string token) =>
            PostAsync("onParticipantAdded", token, ("ParticipantSid", $"MB{number}"), ("MessagingBinding.Address", $"whatsapp:{number}"));

        async Task<int> PostAsync(string type, string token, params (string Name, string Value)[] values)
        {
            var form = values.Concat(
            [
                ("ChatServiceSid", "IS00000000000000000000000000000001"), ("EventType", type), ("AccountSid", TwilioWebhook.Account),
                ("ConversationSid", "CH00000000000000000000000000000001"), ("DateCreated", date),
            ]).Select(value => new KeyValuePair<string, string>(value.Item1, value.Item2)).ToList();
            using var content = new FormUrlEncodedContent(form);
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Bot.Address, "/whatsapp/twilio/conversations")) { Content = content };
            request.Headers.Add(TwilioSignature.Header, TwilioWebhook.Sign(form, token, TwilioWebhook.PublicUrl + "/whatsapp/twilio/conversations"));
            using var response = await http.SendAsync(request);
            return (int)response.StatusCode;
        }
    }

    /// <summary>An operator's code makes its first user a teacher, and nobody else; what an operator sets up asks for confirmations.</summary>
    private static async Task OperatorAsync()
    {
        await using var bot = await WhatsAppBot.StartAsync();
        var code = CodeTable.New();
        await bot.WriteAsync(session => bot.Get<CodeTable>().AddAsync(session, code, new Code(CodeKind.Teacher, null, null, "{}"), TimeSpan.FromDays(1)));
        await SayAsync(bot, Friend, code);
        Assert.Contains("I do not know this code", await SayAsync(bot, Stranger, code), StringComparison.Ordinal);
        Assert.Equal([Friend], await bot.Get<Database>().ReadAsync(session => session.QueryAsync<string>("SELECT address FROM participants WHERE teacher_since IS NOT NULL")));

        await bot.Get<Recognition.Storage.Groups>().AddAsync("blue", "Blue class");
        Assert.Equal(1, await ConfirmsAsync(bot.Server, "blue"));
        Assert.Equal(0, await MembersAsync(bot.Server, "blue"));
    }

    private static Task<long> MembersAsync(BotServer server, string group) =>
        server.QueryAsync<long>("SELECT COUNT(*) FROM group_participants WHERE group_id = @group", new { group });

    /// <summary>However a group comes to be, its names need the certainty of a group of children.</summary>
    private static async Task<long> ConfirmsAsync(BotServer server, string group)
    {
        Assert.Equal("children", await server.QueryAsync<string>("SELECT kind FROM groups WHERE id = @group", new { group }));
        return await server.QueryAsync<long>("SELECT confirms FROM groups WHERE id = @group", new { group });
    }

    private static Task<IReadOnlyList<string>> WaysAsync(WhatsAppBot bot, string number) => bot.Get<Database>().ReadAsync(session => session.QueryAsync<string>(
        "SELECT m.way FROM group_participants m JOIN participants p ON p.id = m.participant_id WHERE p.address = @number", new { number }));

    /// <returns>What that number is answered.</returns>
    private static async Task<string> SayAsync(WhatsAppBot bot, string number, string text)
    {
        var before = bot.Vendor.Sent.Count(sent => sent.Form["To"] == $"whatsapp:{number}");
        await bot.SayAsync(text, number);
        await Eventually.TrueAsync(() => bot.Vendor.Sent.Count(sent => sent.Form["To"] == $"whatsapp:{number}") > before, $"'{text}' is answered");
        return bot.Vendor.Sent.Where(sent => sent.Form["To"] == $"whatsapp:{number}").ElementAt(before).Body ?? "";
    }

    private static async Task<SignedContainer> ContainerAsync() =>
        new(await GroupServer.StartAsync([("Atmosphere:Channels:WhatsApp:Container:Key", SignedContainer.Key)]));

    [GeneratedRegex("[A-Z0-9]{4}-[A-Z0-9]{4}")]
    private static partial Regex CodePattern();

    /// <summary>A program that carries chats and signs what it posts.</summary>
    private sealed class SignedContainer(GroupServer server) : IAsyncDisposable
    {
        public const string Key = "a-key-of-the-container";

        private readonly HttpClient _http = new();

        public GroupServer Server => server;

        public async Task<int> PostAsync(string id, string chat, string rest, string key = Key)
        {
            var body = $$"""{"id":"{{id}}","group":"{{chat}}","timestamp":{{Now}},{{rest.Trim()}}}""";
            using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Bot.Address, "/whatsapp/container")) { Content = content };
            var signed = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{Now}.{body}")));
            request.Headers.Add("X-Atmosphere-Timestamp", $"{Now}");
            request.Headers.Add("X-Atmosphere-Signature", $"sha256={signed}");
            using var response = await _http.SendAsync(request);
            return (int)response.StatusCode;
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await server.DisposeAsync();
        }
    }
}

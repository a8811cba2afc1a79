using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Channels.WhatsApp.Twilio;
using Atmosphere.Bot.Tests.Channels.WhatsApp;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Microsoft.AspNetCore.Http;
using static Atmosphere.Bot.Tests.Channels.Groups.GroupServer;

namespace Atmosphere.Bot.Tests.Channels.Groups;

/// <summary>Groups that Twilio Conversations carries, at the wire: a local server plays its two APIs.</summary>
public sealed class ConversationsTests : IAsyncLifetime
{
    private const string Account = "AC00000000000000000000000000000001";
    private const string Token = "0123456789abcdef0123456789abcdef";
    private const string Service = "IS00000000000000000000000000000001";
    private const string Conversation = "CH00000000000000000000000000000001";
    private const string Teacher = "whatsapp:+4915100000001";
    private const string Mother = "whatsapp:+4915100000002";
    private const string Public = "https://bot.example.org";

    private readonly HttpClient _http = new();
    private readonly ConcurrentQueue<string> _said = [];
    private readonly ConcurrentQueue<string> _fetched = [];
    private LocalVendor _twilio = null!;
    private GroupServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _twilio = await LocalVendor.StartAsync(AnswerAsync);
        _server = await StartAsync(
        [
            ("Atmosphere:Channels:WhatsApp:Twilio:AccountSid", Account), ("Atmosphere:Channels:WhatsApp:Twilio:AuthToken", Token),
            ("Atmosphere:Channels:WhatsApp:Twilio:From", "whatsapp:+15550009999"), ("Atmosphere:Channels:WhatsApp:Twilio:PublicUrl", Public),
            ("Atmosphere:Channels:WhatsApp:Twilio:ConversationsBaseUrl", $"{_twilio.Address}"), ("Atmosphere:Channels:WhatsApp:Twilio:MediaBaseUrl", $"{_twilio.Address}"),
            ("Atmosphere:Channels:WhatsApp:Twilio:MediaHosts:0", _twilio.Address.Authority), ("Atmosphere:Channels:WhatsApp:Twilio:AllowPrivateTargets", "true"),
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        await _twilio.DisposeAsync();
    }

    [Fact]
    public async Task A_conversation_is_linked_gives_its_photos_and_members_and_ends()
    {
        var teacher = await _server.ParticipantAsync("+4915100000001", teacher: true);
        var mother = await _server.ParticipantAsync("+4915100000002");
        Assert.Equal(200, await PostAsync("onMessageAdded", ("MessageSid", "IM1"), ("Author", Teacher), ("Body", await _server.CodeAsync(teacher)), ("DateCreated", Date(-60))));
        var group = await _server.LinkedAsync("whatsapp-conversations", Conversation);
        await Eventually.TrueAsync(() => _server.Parents.Got.Any(notice => notice.Text == "group.linked"), "the bot has introduced itself");
        Assert.StartsWith("Hello, Blue class!", Assert.Single(_said), StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => await _server.IsMemberAsync(group, "+4915100000002"), "the members are known");

        var media = """[{"Sid":"ME00000000000000000000000000000001","ContentType":"image/jpeg","Filename":"a.jpg","Size":1000}]""";
        for (var again = 0; again < 2; again++)
            Assert.Equal(200, await PostAsync("onMessageAdded", ("MessageSid", "IM2"), ("Author", Mother), ("Media", media), ("DateCreated", Date(0))));
        await Eventually.TrueAsync(async () => await _server.CountAsync($"inbox WHERE group_id = '{group}'") == 1, "the photo is taken");
        Assert.Equal(2, _fetched.Count);

        await PostAsync("onParticipantAdded", ("ParticipantSid", "MB3"), ("MessagingBinding.Address", "whatsapp:+4915100000003"), ("DateCreated", Date(0)));
        await PostAsync("onParticipantRemoved", ("ParticipantSid", "MB2"), ("MessagingBinding.Address", Mother), ("DateCreated", Date(-9000)));
        await _server.HandledAsync();
        Assert.True(await _server.IsMemberAsync(group, "+4915100000003"));
        Assert.False(await _server.IsMemberAsync(group, "+4915100000002"));
        Assert.Equal(0, await _server.CountAsync($"group_participants WHERE participant_id = '{mother}'"));

        // The same chat, where the service is not said.
        await PostAsync("onConversationRemoved", ("ChatServiceSid", ""));
        await Eventually.TrueAsync(() => _server.Parents.Got.Any(notice => notice.Text == "group.ended" && notice.To == teacher), "the teacher is told of the end");
    }

    [Fact]
    public async Task Only_what_Twilio_signed_for_this_address_is_let_in()
    {
        Assert.Equal(403, await PostAsync("onConversationRemoved", token: "another"));
        Assert.Equal(403, await PostAsync("onConversationRemoved", path: "/whatsapp/twilio"));
        Assert.Equal(0, await _server.CountAsync("webhook_events"));
    }

    private static string Date(int seconds) => DateTimeOffset.FromUnixTimeSeconds(Now + seconds).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);

    private Task<int> PostAsync(string type, params (string Name, string Value)[] values) => PostAsync(type, Token, "/whatsapp/twilio/conversations", values);

    private static KeyValuePair<string, string> Pair((string Name, string Value) value) => new(value.Name, value.Value);

    private async Task<int> PostAsync(string type, string token = Token, string path = "/whatsapp/twilio/conversations", params (string Name, string Value)[] values)
    {
        var parameters = new[] { ("ChatServiceSid", Service) }.Concat(values).Concat([("EventType", type), ("AccountSid", Account), ("ConversationSid", Conversation)])
            .GroupBy(value => value.Item1).Select(values => Pair(values.Last())).ToList();
        using var content = new FormUrlEncodedContent(parameters);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Bot.Address, "/whatsapp/twilio/conversations")) { Content = content };
        request.Headers.Add(TwilioSignature.Header, TwilioWebhook.Sign(parameters, token, Public + path));
        using var response = await _http.SendAsync(request);
        return (int)response.StatusCode;
    }

    /// <summary>The participants on two pages.</summary>
    private JsonObject PageOf(string path, bool isSecond) => new()
    {
        ["participants"] = new JsonArray([.. (isSecond ? new[] { Mother } : [Teacher, "whatsapp:+15550009999"])
            .Select(address => new JsonObject { ["sid"] = "MB1", ["messaging_binding"] = new JsonObject { ["type"] = "whatsapp", ["address"] = address } })]),
        ["meta"] = new JsonObject
        {
            ["page"] = isSecond ? 1 : 0,
            ["page_size"] = 100,
            ["first_page_url"] = $"{_twilio.Address}{path[1..]}?PageSize=100&Page=0",
            ["previous_page_url"] = null,
            ["url"] = $"{_twilio.Address}{path[1..]}?PageSize=100",
            ["next_page_url"] = isSecond ? null : $"{_twilio.Address}{path[1..]}?PageSize=100&Page=1&PageToken=PAMB1",
            ["key"] = "participants",
        },
    };

    private async Task AnswerAsync(HttpContext context)
    {
        var (path, asked) = (context.Request.Path.Value!, context.Request.Headers.Authorization.ToString());
        if (path == "/temporary/a.jpg")
        {
            _fetched.Enqueue(path);
            await context.Response.Body.WriteAsync(RecognitionHost.Wall);
            return;
        }

        Assert.Equal($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Account}:{Token}"))}", asked);
        switch (path)
        {
            case $"/v1/Services/{Service}/Media/ME00000000000000000000000000000001":
                _fetched.Enqueue(path);
                await context.Response.WriteAsJsonAsync(new { links = new { content_direct_temporary = $"{_twilio.Address}temporary/a.jpg" } });
                break;
            case $"/v1/Services/{Service}/Conversations/{Conversation}/Participants":
                await context.Response.WriteAsJsonAsync(PageOf(path, context.Request.Query.ContainsKey("PageToken")));
                break;
            case $"/v1/Services/{Service}/Conversations/{Conversation}/Messages":
                _said.Enqueue((await context.Request.ReadFormAsync())["Body"]!);
                context.Response.StatusCode = 201;
                break;
            default:
                context.Response.StatusCode = 404;
                break;
        }
    }
}

using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Json.Schema;
using static Atmosphere.Bot.Tests.Channels.Groups.GroupServer;

namespace Atmosphere.Bot.Tests.Channels.Groups;

/// <summary>What the schema accepts, the door accepts; what it refuses, the door refuses.</summary>
public sealed class ContainerTests : IAsyncLifetime
{
    private const string Key = "a-key-of-the-container";
    private const string Chat = "class-1";

    private static readonly (string Json, bool Accepted)[] _samples =
    [
        ("""{"id":"1","group":"g","timestamp":1772352000,"kind":"message"}""", true),
        ("""{"id":"1","group":"g","timestamp":1772352000,"kind":"message","from":"+4915100000001","text":"hello"}""", true),
        ("""{"id":"1","group":"g","timestamp":1772352000,"kind":"message","media":[{"contentType":"image/jpeg","data":"AAAA"}]}""", true),
        ("""{"id":"1","group":"g","timestamp":1772352000,"kind":"members-joined","members":["+4915100000001"]}""", true),
        ("""{"id":"1","group":"g","timestamp":1772352000,"kind":"members-left","members":["+4915100000001"]}""", true),
        ("""{"id":"1","group":"g","timestamp":1772352000,"kind":"group-left"}""", true),
        ("""{}""", false),
        ("""{"group":"g","timestamp":1772352000,"kind":"message"}""", false),
        ("""{"id":"","group":"g","timestamp":1772352000,"kind":"message"}""", false),
        ("""{"id":1,"group":"g","timestamp":1772352000,"kind":"message"}""", false),
        ("""{"id":"1","group":"g","timestamp":"1772352000","kind":"message"}""", false),
        ("""{"id":"1","group":"g","timestamp":1.5,"kind":"message"}""", false),
        ("""{"id":"1","group":"g","timestamp":-1,"kind":"message"}""", false),
        ("""{"id":"1","group":"g","timestamp":1772352000000,"kind":"message"}""", false),
        ("""{"id":"1","group":"g","timestamp":1772352000,"kind":"shout"}""", false),
        ("""{"id":"1","group":"g","timestamp":1772352000,"kind":"message","more":1}""", false),
        ("""{"id":"1","group":"g","timestamp":1772352000,"kind":"message","from":"4915100000001"}""", false),
        ("""{"id":"1","group":"g","timestamp":1772352000,"kind":"message","text":""}""", false),
        ("""{"id":"1","group":"g","timestamp":1772352000,"kind":"message","members":["+4915100000001"]}""", false),
        ("""{"id":"1","group":"g","timestamp":1772352000,"kind":"message","media":[]}""", false),
        ("""{"id":"1","group":"g","timestamp":1772352000,"kind":"message","media":[{"contentType":"image/jpeg"}]}""", false),
        ("""{"id":"1","group":"g","timestamp":1772352000,"kind":"message","media":[{"contentType":"text/html","data":"AAAA"}]}""", false),
        ("""{"id":"1","group":"g","timestamp":1772352000,"kind":"message","media":[{"contentType":"image/jpeg","data":"not base64!"}]}""", false),
        ("""{"id":"1","group":"g","timestamp":1772352000,"kind":"message","media":[{"contentType":"image/jpeg","data":"AAAA","url":"http://x"}]}""", false),
        ("""{"id":"1","group":"g","timestamp":1772352000,"kind":"members-joined"}""", false),
        ("""{"id":"1","group":"g","timestamp":1772352000,"kind":"members-joined","members":[]}""", false),
        ("""{"id":"1","group":"g","timestamp":1772352000,"kind":"members-joined","members":["nobody"]}""", false),
        ("""{"id":"1","group":"g","timestamp":1772352000,"kind":"members-joined","members":["+4915100000001"],"text":"x"}""", false),
        ("""{"id":"1","group":"g","timestamp":1772352000,"kind":"group-left","members":["+4915100000001"]}""", false),
    ];

    private readonly HttpClient _http = new();
    private GroupServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await StartAsync([("Atmosphere:Channels:WhatsApp:Container:Key", Key)]);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_door_accepts_and_refuses_what_the_samples_say()
    {
        foreach (var (sample, accepted) in _samples)
            Assert.True(await PostAsync(sample) == (accepted ? 202 : 422), sample);
    }

    [Fact]
    public async Task An_independent_validator_reads_the_served_schema_as_the_door_does()
    {
        var schema = JsonSchema.FromText(
            await _http.GetStringAsync(new Uri(_server.Bot.Address, "/whatsapp/container/schema")), new BuildOptions { SchemaRegistry = new SchemaRegistry() });

        Assert.All(_samples, sample => Assert.True(schema.Evaluate(JsonElement.Parse(sample.Json)).IsValid == sample.Accepted, sample.Json));
    }

    [Fact]
    public async Task Only_what_was_signed_within_five_minutes_is_let_in()
    {
        const string body = """{"id":"1","group":"g","timestamp":1772352000,"kind":"message"}""";
        Assert.Equal(401, await PostAsync(body, key: "another-key-of-nobody"));
        Assert.Equal(401, await PostAsync(body, at: Now - 400));
        Assert.Equal(401, await PostAsync(body, at: Now + 400));
        Assert.Equal(202, await PostAsync(body, at: Now - 200));
    }

    [Fact]
    public async Task A_linked_group_has_its_photos_taken_once_and_an_unlinked_one_never()
    {
        var photo = Convert.ToBase64String(RecognitionHost.Wall);
        string Message(string id) => $$"""{"id":"{{id}}","group":"{{Chat}}","timestamp":{{Now}},"kind":"message","from":"+4915100000002","media":[{"contentType":"image/jpeg","data":"{{photo}}"}]}""";
        Assert.Equal(202, await PostAsync(Message("before")));
        await _server.HandledAsync();
        Assert.Equal(0, await _server.CountAsync("inbox"));

        var teacher = await _server.ParticipantAsync("+4915100000001", teacher: true);
        Assert.Equal(202, await PostAsync($$"""{"id":"code","group":"{{Chat}}","timestamp":{{Now - 60}},"kind":"message","from":"+4915100000001","text":"{{await _server.CodeAsync(teacher)}}"}"""));
        var group = await _server.LinkedAsync("whatsapp-container", Chat);
        Assert.Equal(202, await PostAsync(Message("after")));
        Assert.Equal(202, await PostAsync(Message("after")));
        await _server.HandledAsync();

        Assert.Equal(1, await _server.CountAsync($"inbox WHERE group_id = '{group}'"));
        Assert.True(await _server.IsMemberAsync(group, "+4915100000002"));
        await Eventually.TrueAsync(() => _server.Parents.Got.Any(notice => notice.Text == "group.linked-in-silence"), "the teacher introduces the bot");
    }

    [Fact]
    public async Task Files_may_come_as_parts_beside_the_message()
    {
        var teacher = await _server.ParticipantAsync("+4915100000001", teacher: true);
        Assert.Equal(202, await PostAsync($$"""{"id":"code","group":"{{Chat}}","timestamp":{{Now - 60}},"kind":"message","from":"+4915100000001","text":"{{await _server.CodeAsync(teacher)}}"}"""));
        var group = await _server.LinkedAsync("whatsapp-container", Chat);
        var message = $$"""{"id":"album","group":"{{Chat}}","timestamp":{{Now}},"kind":"message"}""";
        for (var again = 0; again < 2; again++)
            Assert.Equal(202, await PostPartsAsync(message, RecognitionHost.Wall, RecognitionHost.Sample(2)));
        Assert.Equal(2, await _server.CountAsync($"inbox WHERE group_id = '{group}'"));

        Assert.Equal(422, await PostPartsAsync(null, RecognitionHost.Wall));
        Assert.Equal(422, await PostPartsAsync(message.Replace("album", "empty", StringComparison.Ordinal), [[]]));
        Assert.Equal(422, await PostPartsAsync(message.Replace("message\"}", "group-left\"}", StringComparison.Ordinal), RecognitionHost.Wall));
        Assert.Equal(422, await PostPartsAsync(message, [.. Enumerable.Repeat(new byte[] { 1 }, 11)]));
        Assert.Equal(400, await PostPartsAsync("{", RecognitionHost.Wall));
        Assert.Equal(2, await _server.CountAsync("inbox"));
    }

    private async Task<int> PostPartsAsync(string? message, params byte[][] files)
    {
        using var form = new MultipartFormDataContent();
        if (message is not null)
            form.Add(new StringContent(message), "message");
        foreach (var (index, file) in files.Index())
            form.Add(new ByteArrayContent(file), "file", $"{index}.jpg");
        return await SendAsync(form, await form.ReadAsByteArrayAsync(), Key, Now);
    }

    private async Task<int> PostAsync(string body, string key = Key, long? at = null)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        return await SendAsync(content, Encoding.UTF8.GetBytes(body), key, at ?? Now);
    }

    private async Task<int> SendAsync(HttpContent content, byte[] body, string key, long timestamp)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Bot.Address, "/whatsapp/container")) { Content = content };
        request.Headers.Add("X-Atmosphere-Timestamp", $"{timestamp}");
        request.Headers.Add("X-Atmosphere-Signature", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), (byte[])[.. Encoding.UTF8.GetBytes($"{timestamp}."), .. body]))}");
        using var response = await _http.SendAsync(request);
        return (int)response.StatusCode;
    }
}

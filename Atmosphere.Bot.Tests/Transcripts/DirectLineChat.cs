using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Transcripts;

/// <summary>Speaks Direct Line 3.0 as Web Chat does: uploads with an activity part, reads by watermark.</summary>
internal sealed class DirectLineChat(BotServer server) : IChat
{
    private readonly HttpClient _http = new();
    private readonly Queue<JsonNode> _unheard = [];
    private string? _watermark;
    private int _count;

    public string Conversation { get; private set; } = "";

    public string Token { get; private set; } = "";

    public async Task OpenAsync()
    {
        using var made = await _http.PostAsync(new Uri(server.Address, "/v3/directline/conversations"), null);
        made.EnsureSuccessStatusCode();
        var opened = (await made.Content.ReadFromJsonAsync<JsonNode>())!;
        Conversation = $"{opened["conversationId"]}";
        Token = $"{opened["token"]}";
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public async Task SayAsync(string id, string text, IReadOnlyList<string> attachments)
    {
        var activity = new JsonObject
        {
            ["type"] = "message",
            ["from"] = new JsonObject { ["id"] = "parent" },
            ["text"] = text,
            ["channelData"] = new JsonObject { ["clientActivityID"] = id },
        };
        using var response = attachments.Count == 0
            ? await _http.PostAsJsonAsync(Address("activities"), activity)
            : await UploadAsync(activity, attachments);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }

    public async Task<TranscriptLine> HearAsync()
    {
        await Eventually.TrueAsync(
            async () =>
            {
                if (_unheard.Count == 0)
                    await ReadAsync();
                return _unheard.Count > 0;
            },
            $"the bot says line {_count + 1}");
        return ActivityLine.Of(_unheard.Dequeue());
    }

    /// <summary>How many of the bot's messages were heard.</summary>
    public int Heard => _count - _unheard.Count;

    public async Task<int> CountAsync()
    {
        await ReadAsync();
        return _count;
    }

    public Uri Address(string rest) => new(server.Address, $"/v3/directline/conversations/{Conversation}/{rest}");

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ReadAsync()
    {
        var set = (await _http.GetFromJsonAsync<JsonNode>(Address($"activities?watermark={_watermark}")))!;
        _watermark = $"{set["watermark"]}";
        foreach (var activity in set["activities"]!.AsArray().Where(activity => $"{activity!["from"]!["role"]}" == "bot" && $"{activity["type"]}" == "message"))
        {
            _unheard.Enqueue(activity!);
            _count++;
        }
    }

    private async Task<HttpResponseMessage> UploadAsync(JsonNode activity, IReadOnlyList<string> attachments)
    {
        using var form = new MultipartFormDataContent();
        using var part = new StringContent(activity.ToJsonString(), new MediaTypeHeaderValue("application/vnd.microsoft.activity"));
        form.Add(part, "activity", "blob");
        foreach (var name in attachments)
        {
            var file = new ByteArrayContent(TranscriptFiles.Read(name));
            file.Headers.ContentType = new MediaTypeHeaderValue(TranscriptFiles.TypeOf(name));
            form.Add(file, "file", name);
        }

        return await _http.PostAsync(Address("upload?userId=parent"), form);
    }
}

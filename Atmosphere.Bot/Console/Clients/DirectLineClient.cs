using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atmosphere.Bot.Console.Clients;

/// <summary>A parent's chat for programs: uses a server's Direct Line endpoint over HTTP, like Web Chat.</summary>
internal sealed class DirectLineClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _conversation;
    private string? _watermark;

    private DirectLineClient(HttpClient http, string conversation)
    {
        _http = http;
        _conversation = conversation;
    }

    public static async Task<DirectLineClient> StartAsync(Uri server, CancellationToken cancellation)
    {
        var http = new HttpClient { BaseAddress = server };
        using var made = await http.PostAsync("v3/directline/conversations", null, cancellation);
        made.EnsureSuccessStatusCode();
        var conversation = await made.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", conversation.GetProperty("token").GetString());
        return new DirectLineClient(http, conversation.GetProperty("conversationId").GetString()!);
    }

    /// <param name="text">The text that the parent types or taps.</param>
    /// <param name="id">Id of the message: repeated with the same id, it counts once. Null: a new id.</param>
    /// <param name="cancellation">Stops waiting for the answer.</param>
    public async Task SayAsync(string text, string? id, CancellationToken cancellation)
    {
        var activity = new JsonObject { ["type"] = "message", ["from"] = new JsonObject { ["id"] = "parent" }, ["text"] = text };
        if (id is not null)
            activity["channelData"] = new JsonObject { ["clientActivityID"] = id };
        using var response = await _http.PostAsJsonAsync($"v3/directline/conversations/{_conversation}/activities", activity, cancellation);
        response.EnsureSuccessStatusCode();
    }

    public async Task SendPhotoAsync(string file, CancellationToken cancellation)
    {
        using var photo = new ByteArrayContent(await File.ReadAllBytesAsync(file, cancellation));
        photo.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        using var form = new MultipartFormDataContent { { photo, "file", Path.GetFileName(file) } };
        using var response = await _http.PostAsync($"v3/directline/conversations/{_conversation}/upload?userId=parent", form, cancellation);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The bot's messages since the last call.</summary>
    public async Task<IReadOnlyList<BotLine>> ReadAsync(CancellationToken cancellation)
    {
        var (lines, watermark) = await ReadAfterAsync(_watermark, cancellation);
        _watermark = watermark ?? _watermark;
        return lines;
    }

    /// <summary>Reads until the bot has sent a matching line.</summary>
    /// <returns>All lines read, including the matching one.</returns>
    /// <exception cref="TimeoutException">No line matched in time.</exception>
    public async Task<IReadOnlyList<BotLine>> ReadUntilAsync(Func<BotLine, bool> fits, TimeSpan limit, CancellationToken cancellation)
    {
        var lines = new List<BotLine>();
        await UntilAsync(
            async token =>
            {
                lines.AddRange(await ReadAsync(token));
                return lines.Exists(line => fits(line));
            },
            limit,
            () => string.Join(" | ", lines.Select(line => line.Text)),
            cancellation);
        return lines;
    }

    /// <summary>All messages of the bot in this chat, once they match.</summary>
    /// <exception cref="TimeoutException">They did not match in time.</exception>
    public async Task<IReadOnlyList<BotLine>> HistoryAsync(
        Func<IReadOnlyList<BotLine>, bool> complete, TimeSpan limit, CancellationToken cancellation)
    {
        IReadOnlyList<BotLine> lines = [];
        await UntilAsync(
            async token =>
            {
                (lines, _) = await ReadAfterAsync(null, token);
                return complete(lines);
            },
            limit,
            () => $"{lines.Count} lines, the last: {(lines.Count > 0 ? lines[^1].Text : "none")}",
            cancellation);
        return lines;
    }

    public async Task<byte[]> DownloadAsync(string url, CancellationToken cancellation)
    {
        return url.StartsWith("data:", StringComparison.Ordinal)
            ? Convert.FromBase64String(url[(url.IndexOf(',', StringComparison.Ordinal) + 1)..])
            : await _http.GetByteArrayAsync(url, cancellation);
    }

    public void Dispose() => _http.Dispose();

    private static async Task UntilAsync(
        Func<CancellationToken, Task<bool>> done, TimeSpan limit, Func<string> seen, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(limit);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        try
        {
            while (!await done(timeout.Token))
                await tick.WaitForNextTickAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"The bot did not answer as expected within {limit.TotalSeconds:0} s. It wrote: {seen()}");
        }
    }

    private async Task<(IReadOnlyList<BotLine> Lines, string? Watermark)> ReadAfterAsync(string? watermark, CancellationToken cancellation)
    {
        var path = $"v3/directline/conversations/{_conversation}/activities" + (watermark is null ? "" : $"?watermark={watermark}");
        var set = (await _http.GetFromJsonAsync<JsonNode>(path, cancellation))!;
        var lines = Items(set["activities"])
            .Where(activity => activity["type"]?.ToString() == "message" && activity["from"]?["role"]?.ToString() == "bot")
            .Select(activity => new BotLine(
                activity["text"]?.ToString() ?? "",
                [.. Items(activity["suggestedActions"]?["actions"]).Select(action => action["title"]!.ToString())],
                [.. Items(activity["attachments"]).Select(attachment => attachment["contentUrl"]!.ToString())]));
        return ([.. lines], set["watermark"]?.ToString());
    }

    private static IEnumerable<JsonNode> Items(JsonNode? array) => array is JsonArray items ? items.OfType<JsonNode>() : [];
}

/// <param name="Text">The text.</param>
/// <param name="Buttons">Its suggested actions.</param>
/// <param name="Pictures">Addresses of its pictures.</param>
internal sealed record BotLine(string Text, IReadOnlyList<string> Buttons, IReadOnlyList<string> Pictures);

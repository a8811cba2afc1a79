using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>Who sends a photo to a full disk is told so, and not that something is broken.</summary>
public sealed class AFullDiskIsSaidAtTheDoor
{
    private static readonly JsonObject _photo = new() { ["contentType"] = "image/jpeg", ["contentUrl"] = "data:image/jpeg;base64,AAAA", ["name"] = "photo.jpg" };

    [Fact]
    public async Task Both_doors_answer_507_with_a_sentence()
    {
        await using var server = await BotServer.StartAsync(services => services.AddSingleton<IMediaFiles, FullDisk>());
        using var http = new HttpClient();
        var message = new JsonObject
        {
            ["type"] = "message",
            ["id"] = "1",
            ["serviceUrl"] = "http://127.0.0.1:9/",
            ["conversation"] = new JsonObject { ["id"] = "1" },
            ["attachments"] = new JsonArray(_photo),
        };
        using (var response = await http.PostAsJsonAsync(new Uri(server.Address, "/api/messages"), message))
            await AssertFullAsync(server, response);

        using var started = await http.PostAsync(new Uri(server.Address, "/v3/directline/conversations"), null);
        var chat = (await started.Content.ReadFromJsonAsync<JsonNode>())!;
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {chat["token"]}");
        using (var response = await http.PostAsJsonAsync(new Uri(server.Address, $"/v3/directline/conversations/{chat["conversationId"]}/activities"), message))
            await AssertFullAsync(server, response);
    }

    private static async Task AssertFullAsync(BotServer server, HttpResponseMessage response)
    {
        Assert.Equal(507, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var sentence = $"{(await response.Content.ReadFromJsonAsync<JsonNode>())!["detail"]}";
        Assert.Contains("disk is full", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Data, sentence, StringComparison.Ordinal);
    }

    private sealed class FullDisk : IMediaFiles
    {
        public Task WriteAsync(MediaKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
            throw new StorageFullException("/somewhere", new IOException());

        public Task CopyAsync(MediaKey key, MediaKey copy, CancellationToken cancellation) => throw new StorageFullException("/somewhere", new IOException());

        public Task<byte[]> GetAsync(MediaKey key, CancellationToken cancellation) => throw new MediaNotFoundException(key);

        public Task<bool> ExistsAsync(MediaKey key, CancellationToken cancellation) => Task.FromResult(false);

        public Task ProbeAsync(CancellationToken cancellation) => throw new StorageFullException("/somewhere", new IOException());

        public Task DeleteAsync(MediaKey key, CancellationToken cancellation) => Task.CompletedTask;

        public Task<IReadOnlyList<StoredMedia>> ListAsync(MediaBucket bucket, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<StoredMedia>>([]);
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Imaging;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Channels.Stations;

/// <summary>A server with a camera station before its door.</summary>
internal sealed class StationAtTheDoor : IAsyncDisposable
{
    public const string Door = "api/faces";

    private readonly HttpClient _http;

    private StationAtTheDoor(BotServer server, Station station, string token)
    {
        (Server, Station, Token) = (server, station, token);
        _http = Client(token);
    }

    public BotServer Server { get; }

    public Station Station { get; }

    public string Token { get; }

    /// <summary>Nobody recognises anything, unless <paramref name="recognises"/>.</summary>
    public static async Task<StationAtTheDoor> StartAsync(
        bool recognises = false, Action<IServiceCollection>? replace = null, params (string Key, string Value)[] settings)
    {
        var server = await BotServer.StartAsync(
            services =>
            {
                if (!recognises)
                    services.AddSingleton<IFaceEngine, StoppedEngine>();
                replace?.Invoke(services);
            },
            [("Atmosphere:Messaging:StopWithin", "00:00:00"), .. settings]);
        var (station, token) = await StationsOf(server).AddAsync("camera", new GroupId("class"));
        return new StationAtTheDoor(server, station, token);
    }

    /// <summary>A picture without faces; another one for each number.</summary>
    public static byte[] Picture(int number = 0) =>
        DrawnPhotos.Png(4, 4, 8, 2, [.. BitConverter.GetBytes(number), 9, 9, 9, 9, 9, 9, 9, 9]);

    /// <summary>Another station of the same group.</summary>
    public async Task<HttpClient> OtherAsync() => Client((await StationsOf(Server).AddAsync("other", new GroupId("class"))).Token);

    public HttpClient Client(string? token)
    {
        var http = new HttpClient { BaseAddress = Server.Address };
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    public Task EnableAsync(bool enabled) => StationsOf(Server).EnableAsync("camera", enabled);

    public Task<DoorAnswer> PostAsync(string? key, params byte[][] images) =>
        PostAsync(key, [.. images.Select((image, index) => ($"{(char)('a' + (index % 26))}.jpg", image))]);

    public async Task<DoorAnswer> PostAsync(string? key, (string Name, byte[] Bytes)[] images)
    {
        using var form = Form(images);
        return await PostAsync(key, form);
    }

    public async Task<DoorAnswer> PostAsync(string? key, HttpContent content, HttpClient? station = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Door) { Content = content };
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        try
        {
            using var response = await (station ?? _http).SendAsync(request);
            return await DoorAnswer.ReadAsync(response);
        }
        catch (HttpRequestException error) when (error.InnerException is IOException or SocketException && content.Headers.ContentLength > DoorAnswer.ReadAnyway)
        {
            return DoorAnswer.Closed;
        }
    }

    public async Task<DoorAnswer> GetAsync(string path, HttpClient? station = null)
    {
        using var response = await (station ?? _http).GetAsync(path);
        return await DoorAnswer.ReadAsync(response);
    }

    /// <summary>What the photo's state is in the end.</summary>
    public async Task<JsonElement> EndedAsync(string id)
    {
        var answer = await GetAsync($"api/photos/{id}");
        await Eventually.TrueAsync(async () => (answer = await GetAsync($"api/photos/{id}")).Body.GetProperty("ended").GetBoolean(), "the photo has ended");
        return answer.Body;
    }

    public Task<int> CountAsync(string table) => Server.QueryAsync<int>($"SELECT COUNT(*) FROM {table}");

    public static MultipartFormDataContent Form(params (string Name, byte[] Bytes)[] images)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, bytes) in images)
            form.Add(new ByteArrayContent(bytes), "image", name);
        return form;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }

    private static Recognition.Storage.Stations StationsOf(BotServer server) => server.Services.GetRequiredService<Recognition.Storage.Stations>();
}

/// <summary>What the door said.</summary>
/// <param name="Status">0: it closed the connection while much was still to be sent.</param>
internal sealed record DoorAnswer(int Status, string? Type, string? Location, HttpResponseHeaders? Headers, JsonElement Body)
{
    /// <summary>Bytes that a server which refuses reads all the same; of a longer request it may close the connection before the sender hears why.</summary>
    public const int ReadAnyway = 1024 * 1024;

    public static DoorAnswer Closed { get; } = new(0, null, null, null, default);

    public string Detail => Body.GetProperty("detail").GetString()!;

    /// <summary>One entry an image: its id, or the status that it is refused with.</summary>
    public string[] Images =>
        [.. Body.GetProperty("photos").EnumerateArray().Select(image =>
            image.TryGetProperty("id", out var id) ? id.GetString()! : $"{image.GetProperty("error").GetProperty("status").GetInt32()}")];

    public static async Task<DoorAnswer> ReadAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.Location?.ToString(), response.Headers,
        await response.Content.ReadFromJsonAsync<JsonElement>());

    public void AssertProblem(HttpStatusCode status, string words)
    {
        if (this == Closed)
            return;
        Assert.Equal((int)status, Status);
        Assert.Equal("application/problem+json", Type);
        Assert.Contains(words, Detail, StringComparison.Ordinal);
    }
}

using System.Net.Http.Headers;
using System.Text.Json;

namespace Atmosphere.Bot.Console.Clients;

/// <summary>A camera station for programs: uploads photos and queries their status.</summary>
internal sealed class StationClient : IDisposable
{
    private readonly HttpClient _http;

    public StationClient(Uri server, string token)
    {
        _http = new HttpClient { BaseAddress = server };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <returns>The address of the photo's status.</returns>
    public async Task<Uri> UploadAsync(byte[] photo, string key, CancellationToken cancellation)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(photo), "image", "photo.jpg" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/faces") { Content = form };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await _http.SendAsync(request, cancellation);
        return response.EnsureSuccessStatusCode().Headers.Location!;
    }

    /// <summary>Waits until the photo has ended.</summary>
    public async Task EndedAsync(Uri photo, CancellationToken cancellation)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!(await _http.GetFromJsonAsync<JsonElement>(photo, cancellation)).GetProperty("ended").GetBoolean())
            await tick.WaitForNextTickAsync(cancellation);
    }

    public void Dispose() => _http.Dispose();
}

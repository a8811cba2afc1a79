using System.Net.Http.Headers;
using Atmosphere.Bot.Console.Playground;

namespace Atmosphere.Bot.Console.Clients;

/// <summary>The class group for programs: posts photos to a server's playground over HTTP, like its page.</summary>
internal sealed class GroupClient(Uri server) : IDisposable
{
    private const string Path = "playground/groups/class/photos";

    private readonly HttpClient _http = new() { BaseAddress = server };

    /// <param name="file">The photo to post.</param>
    /// <param name="sourceId">The same id posted again is the same photo.</param>
    /// <param name="cancellation">Stops waiting for the answer.</param>
    public async Task PostAsync(string file, string sourceId, CancellationToken cancellation)
    {
        using var photo = new ByteArrayContent(await File.ReadAllBytesAsync(file, cancellation));
        photo.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        using var form = new MultipartFormDataContent { { photo, "photo", System.IO.Path.GetFileName(file) } };
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = form };
        request.Headers.Add("Idempotency-Key", sourceId);
        using var response = await _http.SendAsync(request, cancellation);
        response.EnsureSuccessStatusCode();
    }

    public async Task<GroupPost> FindAsync(string sourceId, CancellationToken cancellation) =>
        (await _http.GetFromJsonAsync<GroupPost>($"{Path}/{Uri.EscapeDataString(sourceId)}", cancellation))!;

    /// <summary>Waits until the photo is recognised and sent to its recipients.</summary>
    public async Task<GroupPost> FinishedAsync(string sourceId, CancellationToken cancellation)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var post = await FindAsync(sourceId, cancellation);
            if (post.Phase != GroupPhase.Working)
                return post;
            await tick.WaitForNextTickAsync(cancellation);
        }
    }

    public void Dispose() => _http.Dispose();
}

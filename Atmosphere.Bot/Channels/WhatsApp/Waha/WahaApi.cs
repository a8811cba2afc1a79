using System.Net;
using System.Text.Json;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Delivery;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Waha;

/// <summary>Calls a container's API with its key. Redirects are not followed, and no other host is called.</summary>
internal sealed class WahaApi(IHttpClientFactory clients, IOptions<WahaOptions> options, TimeProvider clock)
{
    private Uri Base => new(options.Value.BaseUrl ?? throw new HopelessException($"{WahaOptions.Section}:BaseUrl is not set any more."));

    /// <returns>Null if the container answers 404.</returns>
    /// <exception cref="TryLaterException">The container cannot be queried now.</exception>
    /// <exception cref="HttpRequestException">The container did not answer, or gave an unexpected answer.</exception>
    public async Task<JsonElement?> GetAsync(string path, CancellationToken cancellation)
    {
        using var request = RequestFor(HttpMethod.Get, path);
        var answer = await CallAsync(request, cancellation);
        if (answer.Status == HttpStatusCode.NotFound)
            return null;
        // Only the kind of request: the rest of the path contains phone numbers.
        if (!answer.IsDone)
            throw Refused(answer.Status, path.Split('/') is [_, _, var kind, ..] ? kind.Split('?')[0] : "api");
        return JsonOf(answer) ?? throw new HttpRequestException("The container answered something that is no JSON.");
    }

    /// <returns>The container's answer, even if it is a refusal.</returns>
    /// <exception cref="TryLaterException">The call certainly had no effect.</exception>
    /// <exception cref="HttpRequestException">The effect is unknown.</exception>
    public async Task<WahaAnswer> PostAsync(string path, object body, CancellationToken cancellation)
    {
        using var request = RequestFor(HttpMethod.Post, path);
        request.Content = JsonContent.Create(body);
        var answer = await CallAsync(request, cancellation);
        var json = JsonOf(answer);
        // The session is starting or waits for an operator; other 422 responses are refusals.
        return answer.Status == HttpStatusCode.UnprocessableEntity && json?.Of("expected") is not null
            ? throw new TryLaterException("The container's session is not working now.", TimeSpan.FromSeconds(30))
            : new WahaAnswer(answer.IsDone, (int)answer.Status, json);
    }

    /// <summary>Downloads a file from the container. The address in its events may be one that only the container can reach.</summary>
    /// <exception cref="FileUnavailableException">The file is permanently unavailable.</exception>
    /// <exception cref="HttpRequestException">The file could not be downloaded now.</exception>
    public async Task<byte[]> FetchAsync(IncomingFile incoming, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(incoming.Url, UriKind.Absolute, out var named) || named.Scheme is not ("http" or "https") || FileOf(named) is not { } file)
            throw new FileUnavailableException(FileFailure.Missing, "The file lies at an address that is not the container's.");

        using var request = RequestFor(HttpMethod.Get, file);
        using var client = clients.CreateClient(nameof(WahaApi));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.Value.Timeout);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            // It may still be on its way from WhatsApp.
            if (response.StatusCode == HttpStatusCode.NotFound && incoming.ToldAt is { } told && clock.GetUtcNow() - told < options.Value.FilesWithin)
                throw Refused(response.StatusCode, "files");
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Forbidden || (int)response.StatusCode is >= 300 and < 400)
                throw new FileUnavailableException(FileFailure.Missing, $"The container answered {(int)response.StatusCode} for the file.");
            return response.IsSuccessStatusCode
                ? await CappedContent.ReadAsync(response.Content, RequestBody.LargestFile, cancellation)
                : throw Refused(response.StatusCode, "files");
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException($"The container did not answer within {options.Value.Timeout}.", error);
        }
    }

    /// <summary>The container's own address for a file may or may not include a proxy's path prefix.</summary>
    private string? FileOf(Uri named)
    {
        var path = named.PathAndQuery;
        var below = path.StartsWith(Base.AbsolutePath, StringComparison.Ordinal) ? path[Base.AbsolutePath.Length..] : "";
        return new[] { below, path[1..] }.FirstOrDefault(file => file.StartsWith("api/files/", StringComparison.Ordinal));
    }

    private static JsonElement? JsonOf(VendorAnswer answer)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(answer.Body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static HttpRequestException Refused(HttpStatusCode status, string what) => new($"The container answered {(int)status} for {what}.", null, status);

    private HttpRequestMessage RequestFor(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(Base, path));
        if (!string.IsNullOrEmpty(options.Value.ApiKey))
            request.Headers.Add("X-Api-Key", options.Value.ApiKey);
        return request;
    }

    private async Task<VendorAnswer> CallAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var client = clients.CreateClient(nameof(WahaApi));
        // With a wrong key the call has no effect; an operator may fix it.
        var call = new VendorCall(client, "The container", options.Value.Timeout, clock)
        {
            AlsoLater = [HttpStatusCode.Unauthorized],
            UsualRest = TimeSpan.FromSeconds(10),
        };
        return await call.SendAsync(request, cancellation);
    }
}

/// <param name="IsTaken">True if the container did what was asked.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Null if the body is not JSON.</param>
internal sealed record WahaAnswer(bool IsTaken, int Status, JsonElement? Body);

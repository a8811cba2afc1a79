using System.Net;
using System.Text.Json;
using Atmosphere.Bot.Channels.Doors;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Waha;

/// <summary>Calls a container's API with its key; no redirect is followed, and nothing but the container is called.</summary>
internal sealed class WahaApi(IHttpClientFactory clients, IOptions<WahaOptions> options)
{
    private const int MostOfAnAnswer = 4 << 20;

    private static readonly HttpRequestError[] _neverReached =
        [HttpRequestError.ConnectionError, HttpRequestError.NameResolutionError, HttpRequestError.SecureConnectionError];

    private Uri Base => new(options.Value.BaseUrl ?? throw new HopelessException($"{WahaOptions.Section}:BaseUrl is not set any more."));

    /// <returns>Null where the container answers 404.</returns>
    /// <exception cref="HttpRequestException">It could not be asked now, or answers something else.</exception>
    public async Task<JsonElement?> GetAsync(string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Base, path));
        using var response = await SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        // The kind of the question alone: the rest names people.
        Require(response, path.Split('/') is [_, _, var kind, ..] ? kind : "api");
        try
        {
            return await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        }
        catch (JsonException error)
        {
            throw new HttpRequestException("The container answered something that is no JSON.", error);
        }
    }

    /// <returns>What it answered, also where it refuses.</returns>
    /// <exception cref="TryLaterException">It surely was not done.</exception>
    /// <exception cref="HttpRequestException">Nobody knows whether it was done.</exception>
    public async Task<WahaAnswer> PostAsync(string path, object body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Base, path)) { Content = JsonContent.Create(body) };
        try
        {
            using var response = await SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation);
            if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.Unauthorized)
                throw new TryLaterException($"The container answered {(int)response.StatusCode}.", response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(10));
            if ((int)response.StatusCode >= 500)
                throw new HttpRequestException($"The container answered {(int)response.StatusCode}.", null, response.StatusCode);
            var answer = await BodyAsync(response, cancellation);
            // The session is starting, or waits for an operator; its other 422 are refusals.
            if (response.StatusCode == HttpStatusCode.UnprocessableEntity && answer?.Of("expected") is not null)
                throw new TryLaterException("The container's session is not working now.", TimeSpan.FromSeconds(30));
            return new WahaAnswer(response.IsSuccessStatusCode, (int)response.StatusCode, answer);
        }
        catch (HttpRequestException error) when (_neverReached.Contains(error.HttpRequestError))
        {
            throw new TryLaterException("The container could not be reached.", TimeSpan.Zero, error);
        }
    }

    /// <summary>A file that the container keeps; its own name for itself may be one that only it can reach.</summary>
    /// <exception cref="FileUnavailableException">It cannot be had, now or later.</exception>
    /// <exception cref="HttpRequestException">It could not be fetched now.</exception>
    public async Task<byte[]> FetchAsync(string? address, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var named) || named.Scheme is not ("http" or "https") || FileOf(named) is not { } file)
            throw new FileUnavailableException(Turns.FileFailure.Missing, "The file lies at an address that is not the container's.");

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Base, file));
        using var response = await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Forbidden || (int)response.StatusCode is >= 300 and < 400)
            throw new FileUnavailableException(Turns.FileFailure.Missing, $"The container answered {(int)response.StatusCode} for the file.");
        Require(response, "files");
        return await CappedContent.ReadAsync(response.Content, RequestBody.LargestFile, cancellation);
    }

    /// <summary>Its own name for a file may begin with the path that a proxy shows it under, or not.</summary>
    private string? FileOf(Uri named)
    {
        var path = named.PathAndQuery;
        var below = path.StartsWith(Base.AbsolutePath, StringComparison.Ordinal) ? path[Base.AbsolutePath.Length..] : "";
        return new[] { below, path[1..] }.FirstOrDefault(file => file.StartsWith("api/files/", StringComparison.Ordinal));
    }

    private static async Task<JsonElement?> BodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Require(HttpResponseMessage response, string path)
    {
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"The container answered {(int)response.StatusCode} for {path.Split('?')[0].Split('/')[^1]}.", null, response.StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellation)
    {
        if (!string.IsNullOrEmpty(options.Value.ApiKey))
            request.Headers.Add("X-Api-Key", options.Value.ApiKey);
        var client = clients.CreateClient(nameof(WahaApi));
        client.Timeout = options.Value.Timeout;
        client.MaxResponseContentBufferSize = MostOfAnAnswer;
        try
        {
            return await client.SendAsync(request, completion, cancellation);
        }
        catch (TaskCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException($"The container did not answer within {options.Value.Timeout}.", error);
        }
    }
}

/// <param name="IsTaken">It did what it was asked.</param>
/// <param name="Status">Of HTTP.</param>
/// <param name="Body">Null where it is no JSON.</param>
internal sealed record WahaAnswer(bool IsTaken, int Status, JsonElement? Body);

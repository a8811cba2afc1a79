using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.Slack;

/// <summary>Slack said no, in its own word, and nothing happened.</summary>
internal sealed class SlackRefusesException(string method, string error) : Exception($"Slack's {method} says '{error}'.")
{
    /// <summary>Slack's word, such as file_not_found.</summary>
    public string Error { get; } = error;
}

/// <summary>Calls Slack's Web API: POST with a form, the token in a header.</summary>
internal sealed class SlackApi(IHttpClientFactory clients, IOptions<SlackOptions> options, TimeProvider clock)
{
    private const int MostOfAnAnswer = 1 << 20;

    private static readonly TimeSpan _usualRest = TimeSpan.FromSeconds(30);

    // After these something may have happened all the same, as Slack's pages on its errors say.
    private static readonly string[] _perhapsDone = ["fatal_error", "internal_error", "request_timeout"];

    private static readonly string[] _later = ["ratelimited", "rate_limited", "service_unavailable", "team_added_to_org"];

    private static readonly HttpRequestError[] _neverReached =
        [HttpRequestError.ConnectionError, HttpRequestError.NameResolutionError, HttpRequestError.SecureConnectionError];

    /// <exception cref="SlackRefusesException">Slack says no for good; nothing happened.</exception>
    /// <exception cref="TryLaterException">Nothing happened, and later it may.</exception>
    /// <exception cref="HttpRequestException">Nobody knows what happened.</exception>
    public async Task<JsonElement> CallAsync(string method, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellation)
    {
        using var form = new FormUrlEncodedContent(arguments);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(options.Value.ApiBaseUrl), method)) { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.BotToken);
        var answer = await SendAsync(method, request, cancellation);
        return ReadOk(method, answer);
    }

    /// <summary>Sends a file to an address that Slack gave; the token is not sent there.</summary>
    /// <inheritdoc cref="CallAsync" path="/exception"/>
    public async Task UploadAsync(string address, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var target) || target.Scheme != new Uri(options.Value.ApiBaseUrl).Scheme)
            throw new HttpRequestException("Slack gave an address for the upload that is none.");

        using var content = new ReadOnlyMemoryContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = content };
        _ = await SendAsync("upload", request, cancellation);
    }

    private async Task<string> SendAsync(string method, HttpRequestMessage request, CancellationToken cancellation)
    {
        using var client = clients.CreateClient(nameof(SlackApi));
        client.Timeout = options.Value.Timeout;
        client.MaxResponseContentBufferSize = MostOfAnAnswer;
        try
        {
            using var response = await client.SendAsync(request, cancellation);
            if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
                throw new TryLaterException($"Slack's {method} answered {(int)response.StatusCode}.", RestOf(response.Headers.RetryAfter));
            if (!response.IsSuccessStatusCode)
                throw new HttpRequestException($"Slack's {method} answered {(int)response.StatusCode}.", null, response.StatusCode);
            return await response.Content.ReadAsStringAsync(cancellation);
        }
        catch (HttpRequestException error) when (_neverReached.Contains(error.HttpRequestError))
        {
            throw new TryLaterException("Slack could not be reached.", TimeSpan.Zero, error);
        }
        catch (TaskCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException($"Slack's {method} did not answer within {options.Value.Timeout}.", error);
        }
    }

    private static JsonElement ReadOk(string method, string text)
    {
        JsonElement answer;
        try
        {
            answer = JsonSerializer.Deserialize<JsonElement>(text);
            if (answer.GetProperty("ok").GetBoolean())
                return answer;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new HttpRequestException($"Slack's {method} answered something that is not Slack's.", error);
        }

        var word = answer.TryGetProperty("error", out var found) && found.ValueKind == JsonValueKind.String ? found.GetString()! : "no reason";
        if (_perhapsDone.Contains(word))
            throw new HttpRequestException($"Slack's {method} says '{word}'.");
        throw _later.Contains(word)
            ? new TryLaterException($"Slack's {method} says '{word}'.", _usualRest)
            : new SlackRefusesException(method, word);
    }

    private TimeSpan RestOf(RetryConditionHeaderValue? asked) =>
        asked?.Delta ?? (asked?.Date is { } date ? date - clock.GetUtcNow() : _usualRest);
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Delivery;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.Slack.Api;

/// <summary>
/// Calls Slack's Web API: form POSTs, which every method accepts (blocks, views and metadata as JSON fields), with the token in a header.
/// </summary>
internal sealed class SlackApi(IHttpClientFactory clients, IOptions<SlackOptions> options, TimeProvider clock)
{
    /// <summary>Method name used for upload addresses, which are secret.</summary>
    public const string Upload = "upload";

    /// <summary>Method name used for response_url addresses of clicks and commands, which are secret.</summary>
    public const string ResponseUrl = "response_url";

    private readonly SlackPace _pace = new(clock);

    /// <param name="method">Such as chat.postMessage.</param>
    /// <param name="arguments">The arguments without the token; lists and objects as JSON.</param>
    /// <exception cref="SlackRefusesException">Slack refuses permanently; the call had no effect.</exception>
    /// <exception cref="TryLaterException">The call had no effect; a retry may succeed.</exception>
    /// <exception cref="HttpRequestException">The effect is unknown.</exception>
    public async Task<JsonElement> CallAsync(string method, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellation)
    {
        var channel = arguments.GetValueOrDefault("channel", "");
        using var form = new FormUrlEncodedContent(arguments);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(options.Value.ApiBaseUrl), method)) { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.BotToken);
        var answer = await SendAsync(method, channel, request, cancellation);
        return SlackWords.ReadOk(method, answer, word => Closed(method, channel, SlackWords.UsualRest, word));
    }

    /// <summary>Uploads a file to an address supplied by Slack, without the token.</summary>
    /// <inheritdoc cref="CallAsync" path="/exception"/>
    public async Task UploadAsync(string address, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var target) || target.Scheme != new Uri(options.Value.ApiBaseUrl).Scheme)
            throw new HttpRequestException("Slack returned an invalid upload URL.");

        using var content = new ReadOnlyMemoryContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = content };
        _ = await SendAsync(Upload, "", request, cancellation);
    }

    /// <summary>
    /// Answers a click or a command at its response_url, without the token. Slack accepts five answers within half an hour.
    /// </summary>
    /// <param name="address">The response_url; only Slack's own hosts are called.</param>
    /// <param name="message">text, blocks, response_type, replace_original ...</param>
    /// <inheritdoc cref="CallAsync" path="/exception"/>
    public async Task RespondAsync(string address, JsonObject message, CancellationToken cancellation)
    {
        if (!SlackHosts.IsResponseUrl(address, new Uri(options.Value.ApiBaseUrl), out var target))
            throw new SlackRefusesException(ResponseUrl, "not_slack", "an address elsewhere is never called");

        using var content = JsonContent.Create(message);
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = content };
        try
        {
            _ = await SendAsync(ResponseUrl, "", request, cancellation);
        }
        catch (HttpRequestException error) when (error.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
        {
            throw new SlackRefusesException(ResponseUrl, $"{(int)error.StatusCode}", "used up, or older than half an hour");
        }
    }

    private async Task<string> SendAsync(string method, string channel, HttpRequestMessage request, CancellationToken cancellation)
    {
        await _pace.WaitAsync(method, channel, cancellation);
        using var client = clients.CreateClient(nameof(SlackApi));
        var call = new VendorCall(client, $"Slack's {method}", options.Value.Timeout, clock)
        {
            UsualRest = SlackWords.UsualRest,
            TooOften = rest => _pace.Close(method, channel, rest),
        };
        var answer = await call.SendAsync(request, cancellation);
        return answer.IsDone ? answer.Text : throw new HttpRequestException($"Slack's {method} answered {(int)answer.Status}.", null, answer.Status);
    }

    private TryLaterException Closed(string method, string channel, TimeSpan rest, string word)
    {
        _pace.Close(method, channel, rest);
        return new TryLaterException($"Slack's {method} says '{word}': it is called too often.", rest);
    }
}

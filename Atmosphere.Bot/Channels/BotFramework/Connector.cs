using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Atmosphere.Bot.Channels.Activities;
using Atmosphere.Bot.Channels.Doors;
using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>Calls the Connector API of a channel: POST {serviceUrl}/v3/conversations/{id}/activities.</summary>
internal sealed class Connector(SafeHttp http, IOptions<BotFrameworkOptions> options, AppTokens tokens, TimeProvider clock)
{
    // What the channel's services answer when they did not take a request; anything else from 500 on may come after it was taken.
    private static readonly HttpStatusCode[] _notTaken =
    [
        HttpStatusCode.RequestTimeout, HttpStatusCode.PreconditionFailed, HttpStatusCode.TooManyRequests,
        HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout,
    ];

    private static readonly HttpRequestError[] _neverReached =
        [HttpRequestError.ConnectionError, HttpRequestError.NameResolutionError, HttpRequestError.SecureConnectionError];

    /// <summary>Everything that can fail before the channel is called.</summary>
    /// <exception cref="ChannelRefusesException">It must not be called.</exception>
    /// <exception cref="HttpRequestException">No token is given now.</exception>
    public async Task<HttpRequestMessage> PrepareAsync(ConversationReference reference, Activity activity, CancellationToken cancellation)
    {
        if (!options.Value.HasApp && !LoopbackName.IsUrl(reference.ServiceUrl))
            throw new ChannelRefusesException("The conversation belongs to another machine, and no app id is set any more.");

        var path = $"/v3/conversations/{Uri.EscapeDataString(reference.Conversation)}/activities"
            + (activity.ReplyToId is { } replyTo ? $"/{Uri.EscapeDataString(replyTo)}" : "");
        var token = options.Value.HasApp ? await tokens.GetAsync(cancellation) : null;
        return new HttpRequestMessage(HttpMethod.Post, reference.ServiceUrl.TrimEnd('/') + path)
        {
            Content = new StringContent(ActivityJson.Write(activity), Encoding.UTF8, "application/json"),
            Headers = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
        };
    }

    /// <exception cref="ChannelRefusesException">The channel says no for good.</exception>
    /// <exception cref="TryLaterException">It did not take it, and may take it later.</exception>
    /// <exception cref="HttpRequestException">Nobody knows whether it took it.</exception>
    /// <exception cref="OperationCanceledException">It did not answer in time; nobody knows either.</exception>
    public async Task SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(options.Value.Timeout);
        try
        {
            using var response = await http.Client.SendAsync(request, patience.Token);
            if (!response.IsSuccessStatusCode)
                throw Failure(response);
        }
        catch (HttpRequestException error) when (_neverReached.Contains(error.HttpRequestError))
        {
            throw new TryLaterException("The channel could not be reached.", TimeSpan.Zero, error);
        }
    }

    private Exception Failure(HttpResponseMessage response)
    {
        var sentence = $"The channel answered {(int)response.StatusCode}.";
        if (_notTaken.Contains(response.StatusCode))
            return new TryLaterException(sentence, RestOf(response.Headers.RetryAfter));
        return (int)response.StatusCode >= 500
            ? new HttpRequestException(sentence, null, response.StatusCode)
            : new ChannelRefusesException(sentence);
    }

    private TimeSpan RestOf(RetryConditionHeaderValue? asked) =>
        asked?.Delta ?? (asked?.Date is { } date ? date - clock.GetUtcNow() : TimeSpan.Zero);
}

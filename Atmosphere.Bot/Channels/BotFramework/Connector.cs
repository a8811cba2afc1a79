using System.Net;
using System.Net.Http.Headers;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Recognition.Messaging;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;
using Microsoft.Rest;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>Sends activities to a channel and classifies failures: not accepted, refused permanently, or unknown.</summary>
internal sealed class Connector(ChannelAdapter adapter, SignIn signIn, IOptions<BotFrameworkOptions> options, TimeProvider clock)
{
    // Status codes that mean the request was not accepted. Any other code from 500 on may be sent after it was accepted.
    private static readonly HttpStatusCode[] _notTaken =
    [
        HttpStatusCode.RequestTimeout, HttpStatusCode.PreconditionFailed, HttpStatusCode.TooManyRequests,
        HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout,
    ];

    private static readonly HttpRequestError[] _neverReached =
        [HttpRequestError.ConnectionError, HttpRequestError.NameResolutionError, HttpRequestError.SecureConnectionError];

    /// <summary>Does everything that can fail before the channel is called.</summary>
    /// <exception cref="ChannelRefusesException">The channel must not be called.</exception>
    /// <exception cref="HttpRequestException">No token is available now.</exception>
    public async Task PrepareAsync(ChatReference chat, CancellationToken cancellation)
    {
        if (options.Value.HasApp)
            _ = await signIn.GetTokenAsync(cancellation);
        else if (!LoopbackName.IsUrl(chat.ServiceUrl))
            throw new ChannelRefusesException("The conversation belongs to another machine, and no app id is set any more.");
    }

    /// <exception cref="ChannelRefusesException">The channel refuses permanently.</exception>
    /// <exception cref="TryLaterException">The channel did not accept it, and may accept it later.</exception>
    /// <exception cref="HttpRequestException">Unknown whether the channel accepted it.</exception>
    /// <exception cref="OperationCanceledException">No answer in time; unknown whether the channel accepted it.</exception>
    public async Task SendAsync(ChatReference chat, Activity activity, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(options.Value.Timeout);
        try
        {
            await adapter.SendAsync(chat, activity, patience.Token);
        }
        catch (ErrorResponseException error) when (Failure(error.Response) is { } failure)
        {
            throw failure;
        }
        catch (Exception error) when (error is ErrorResponseException or SerializationException)
        {
            // The channel accepted the message. The SDK expects certain codes and an id; any success is enough here.
        }
        catch (HttpRequestException error) when (_neverReached.Contains(error.HttpRequestError))
        {
            throw new TryLaterException("The channel could not be reached.", TimeSpan.Zero, error);
        }
    }

    private Exception? Failure(HttpResponseMessageWrapper response)
    {
        if ((int)response.StatusCode is >= 200 and < 300)
            return null;
        var sentence = $"The channel answered {(int)response.StatusCode}.";
        if (_notTaken.Contains(response.StatusCode))
            return new TryLaterException(sentence, RestOf(response));
        return (int)response.StatusCode >= 500
            ? new HttpRequestException(sentence, null, response.StatusCode)
            : new ChannelRefusesException(sentence);
    }

    private TimeSpan RestOf(HttpResponseMessageWrapper response)
    {
        _ = response.Headers.TryGetValue("Retry-After", out var values);
        return RetryConditionHeaderValue.TryParse(values?.FirstOrDefault(), out var asked)
            ? asked.Delta ?? asked.Date - clock.GetUtcNow() ?? TimeSpan.Zero
            : TimeSpan.Zero;
    }
}

using System.Net;
using System.Runtime.ExceptionServices;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.Options;
using Twilio.Clients;
using Twilio.Exceptions;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>
/// Calls Twilio's APIs through its SDK. SDK exceptions are converted here, because their messages may contain phone numbers.
/// </summary>
internal sealed class TwilioApi(IHttpClientFactory clients, IOptions<TwilioOptions> options, TimeProvider clock)
{
    /// <param name="call">One call of one resource.</param>
    /// <exception cref="TwilioRefusesException">Twilio refuses; the call had no effect.</exception>
    /// <exception cref="TryLaterException">The call had no effect; a retry may succeed.</exception>
    /// <exception cref="HttpRequestException">The effect is unknown.</exception>
    public async Task<T> CallAsync<T>(Func<ITwilioRestClient, Task<T>> call, CancellationToken cancellation)
    {
        using var http = clients.CreateClient(nameof(TwilioApi));
        var settings = options.Value;
        try
        {
            return await call(new TwilioRestClient(settings.AccountSid, settings.AuthToken, httpClient: new TwilioHttp(http, settings, clock, cancellation)));
        }
        catch (ApiConnectionException wrapped) when (wrapped.InnerException is { } error)
        {
            ExceptionDispatchInfo.Throw(error);
            throw;
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            throw new HttpRequestException("Twilio answered something that is not Twilio's.");
        }
    }

    // The SDK parses a response without validating it.
    private static bool IsUnreadable(Exception error) =>
        error is TwilioException or Newtonsoft.Json.JsonException or NullReferenceException or ArgumentException or InvalidCastException or FormatException or OverflowException;
}

/// <summary>Twilio refuses a call.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="code">Twilio's error code; null: none.</param>
/// <param name="rest">How long to wait before the next call.</param>
internal sealed class TwilioRefusesException(HttpStatusCode status, int? code, TimeSpan rest) : Exception($"Twilio answered {(int)status}.")
{
    public HttpStatusCode Status { get; } = status;

    public int? Code { get; } = code;

    public TimeSpan Rest { get; } = rest;
}

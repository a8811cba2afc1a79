using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>Twilio's Messages resource: https://www.twilio.com/docs/messaging/api/message-resource.</summary>
internal sealed class TwilioMessages(IHttpClientFactory clients, IOptions<TwilioOptions> options, TimeProvider clock)
{
    private const int PageSize = 100;

    private static readonly TimeSpan _operatorsRest = TimeSpan.FromMinutes(5);

    private static readonly HttpRequestError[] _neverReached =
        [HttpRequestError.ConnectionError, HttpRequestError.NameResolutionError, HttpRequestError.SecureConnectionError];

    private string Path => $"{options.Value.ApiBaseUrl}2010-04-01/Accounts/{options.Value.AccountSid}/Messages.json";

    /// <summary>Sends one message.</summary>
    /// <param name="asTemplate">For what an error means.</param>
    /// <returns>Its sid.</returns>
    /// <exception cref="UndeliveredException">Twilio did not take it, and says why.</exception>
    /// <exception cref="TryLaterException">Twilio was not reached.</exception>
    /// <exception cref="HttpRequestException">Nobody knows whether Twilio took it.</exception>
    /// <exception cref="OperationCanceledException">Nobody knows either.</exception>
    public async Task<string> CreateAsync(IEnumerable<KeyValuePair<string, string>> form, bool asTemplate, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new FormUrlEncodedContent(form) };
        using var response = await CallAsync(request, cancellation);
        if (!response.Response.IsSuccessStatusCode)
            throw await FailureAsync(response, asTemplate);
        using var body = await ReadAsync(response);
        return body?.RootElement.TryGetProperty("sid", out var sid) == true && sid.GetString() is { Length: > 0 } value
            ? value
            : throw new HttpRequestException("Twilio answered without a sid.", null, response.Response.StatusCode);
    }

    /// <summary>What Twilio sent to a phone last, newest first, with or without a date of sending: what still waits there has none.</summary>
    /// <exception cref="TryLaterException">Twilio does not say now.</exception>
    public async Task<TwilioPage> ListAsync(string to, string from, CancellationToken cancellation)
    {
        try
        {
            var query = $"?To={Uri.EscapeDataString(to)}&From={Uri.EscapeDataString(from)}&PageSize={PageSize}";
            using var request = new HttpRequestMessage(HttpMethod.Get, Path + query);
            using var response = await CallAsync(request, cancellation);
            if (response.Response.IsSuccessStatusCode && await ReadAsync(response) is { } body)
            {
                using (body)
                    return Page(body.RootElement);
            }

            throw Unasked($"Twilio answered {(int)response.Response.StatusCode} when it was asked what it has.", RestOf(response.Response));
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or InvalidOperationException or FormatException or KeyNotFoundException
            || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw Unasked("Twilio did not say what it has.", TimeSpan.Zero);
        }
        catch (TryLaterException error) when (!error.MayHaveHappened)
        {
            throw Unasked("Twilio could not be reached to ask what it has.", error.Rest);
        }
    }

    private static TryLaterException Unasked(string sentence, TimeSpan rest) => new(sentence, rest) { MayHaveHappened = true };

    private static TwilioPage Page(JsonElement root)
    {
        var messages = root.GetProperty("messages").EnumerateArray().Select(message => new TwilioListed(
            message.GetProperty("sid").GetString()!,
            message.GetProperty("body").GetString() ?? "",
            message.GetProperty("direction").GetString() ?? "",
            message.GetProperty("status").GetString() ?? "",
            DateTimeOffset.Parse(message.GetProperty("date_created").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))).ToList();
        return new TwilioPage(messages, messages.Count >= PageSize);
    }

    private async Task<Answer> CallAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var settings = options.Value;
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.AccountSid}:{settings.AuthToken}")));
        var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(settings.Timeout);
        try
        {
            return new Answer(await clients.CreateClient(nameof(TwilioMessages)).SendAsync(request, patience.Token), patience);
        }
        catch (HttpRequestException error) when (_neverReached.Contains(error.HttpRequestError))
        {
            patience.Dispose();
            throw new TryLaterException("Twilio could not be reached.", TimeSpan.Zero, error);
        }
        catch
        {
            patience.Dispose();
            throw;
        }
    }

    private async Task<Exception> FailureAsync(Answer answer, bool asTemplate)
    {
        var status = answer.Response.StatusCode;
        var rest = RestOf(answer.Response);
        if (status == HttpStatusCode.TooManyRequests)
            return new UndeliveredException(TwilioErrors.Judge(TwilioErrors.TooManyRequests, asTemplate), rest);
        if (status is HttpStatusCode.ServiceUnavailable)
            return new UndeliveredException(new Undelivered(UndeliveredKind.ForNow, "Twilio answered 503."), rest);
        // What else the server says of itself may come after the message was taken.
        if ((int)status >= 500 || status == HttpStatusCode.RequestTimeout)
            return new HttpRequestException("Twilio failed.", null, status);

        int? code = null;
        try
        {
            using var body = await ReadAsync(answer);
            code = body?.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("code", out var number) && number.TryGetInt32(out var value) ? value : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // A refusal without words is still one.
        }

        if (status is HttpStatusCode.Unauthorized)
            code ??= 20003;
        var undelivered = TwilioErrors.Judge(code, asTemplate);
        if (code is null)
            undelivered = undelivered with { Reason = $"Twilio answered {(int)status} without a number." };
        return new UndeliveredException(undelivered, status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? _operatorsRest : rest);
    }

    private static async Task<JsonDocument?> ReadAsync(Answer answer)
    {
        try
        {
            return JsonDocument.Parse(await answer.Response.Content.ReadAsByteArrayAsync(answer.Patience.Token));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private TimeSpan RestOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } rest } => rest,
        { Date: { } date } => date - clock.GetUtcNow(),
        _ => TimeSpan.Zero,
    };

    private sealed record Answer(HttpResponseMessage Response, CancellationTokenSource Patience) : IDisposable
    {
        public void Dispose()
        {
            Response.Dispose();
            Patience.Dispose();
        }
    }
}

/// <param name="Messages">Newest first.</param>
/// <param name="IsFull">There may be more.</param>
internal sealed record TwilioPage(IReadOnlyList<TwilioListed> Messages, bool IsFull);

/// <param name="Direction">inbound, outbound-api or outbound-reply.</param>
/// <param name="Status">queued, sent, delivered, read, failed, undelivered ...</param>
internal sealed record TwilioListed(string Sid, string Body, string Direction, string Status, DateTimeOffset Created)
{
    /// <summary>It is with Twilio or beyond, and has not failed.</summary>
    public bool IsUnderWay => Direction != "inbound" && Status is not ("failed" or "undelivered" or "canceled");
}

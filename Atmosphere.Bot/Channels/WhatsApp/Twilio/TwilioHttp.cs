using System.Net.Http.Headers;
using Atmosphere.Bot.Channels.Delivery;
using Twilio.Exceptions;
using Twilio.Http;
using HttpClient = System.Net.Http.HttpClient;
using HttpMethod = System.Net.Http.HttpMethod;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>
/// Makes the HTTP calls of Twilio's SDK, and handles what the SDK's own client loses: cancellation, Retry-After, the configured base
/// addresses, and the verdict.
/// </summary>
internal sealed class TwilioHttp(HttpClient http, TwilioOptions options, TimeProvider clock, CancellationToken cancellation) : global::Twilio.Http.HttpClient
{
    public override Response MakeRequest(Request request) => throw new NotSupportedException("Twilio is called asynchronously only.");

    /// <exception cref="TwilioRefusesException">Twilio refuses; the call had no effect.</exception>
    /// <inheritdoc cref="VendorCall.SendAsync" path="/exception"/>
    public override async Task<Response> MakeRequestAsync(Request request)
    {
        using var message = new HttpRequestMessage(new HttpMethod($"{request.Method}"), AddressOf(request.ConstructUrl()));
        message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Authentication(request.Username, request.Password));
        if (message.Method != HttpMethod.Get)
            message.Content = new FormUrlEncodedContent(request.PostParams);

        var answer = await new VendorCall(http, "Twilio", options.Timeout, clock).SendAsync(message, cancellation);
        return answer.IsDone
            ? new Response(answer.Status, answer.Text)
            : throw new TwilioRefusesException(answer.Status, CodeOf(answer.Text), answer.RetryAfter ?? TimeSpan.Zero);
    }

    /// <summary>
    /// Maps the SDK's fixed addresses to the configured ones; an address from a response is called only within the configured API.
    /// </summary>
    private Uri AddressOf(Uri address) => address.IdnHost switch
    {
        "api.twilio.com" => Under(options.ApiBaseUrl, address),
        "conversations.twilio.com" => Under(options.ConversationsBaseUrl, address),
        _ when IsUnder(options.ApiBaseUrl, address) || IsUnder(options.ConversationsBaseUrl, address) => address,
        _ => throw new HttpRequestException("Twilio's answer names an address elsewhere, which is not called with our token."),
    };

    private static Uri Under(string server, Uri address) => new(new Uri(server), address.PathAndQuery[1..]);

    private static bool IsUnder(string server, Uri address) => new Uri(server).GetLeftPart(UriPartial.Authority) == address.GetLeftPart(UriPartial.Authority);

    private static int? CodeOf(string body)
    {
        try
        {
            return RestException.FromJson(body) is { Code: not 0 and var code } ? code : null;
        }
        catch (Newtonsoft.Json.JsonException)
        {
            // A refusal without a message is still a refusal.
            return null;
        }
    }
}

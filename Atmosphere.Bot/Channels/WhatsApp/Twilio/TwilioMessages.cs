using System.Net;
using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Recognition.Messaging;
using Twilio.Rest.Api.V2010.Account;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>Twilio's Messages resource: https://www.twilio.com/docs/messaging/api/message-resource.</summary>
internal sealed class TwilioMessages(TwilioApi api)
{
    private const int PageSize = 100;

    // The error code assumed for a 401 response without one.
    private const int NotAuthorized = 20003;

    private static readonly TimeSpan _operatorsRest = TimeSpan.FromMinutes(5);

    /// <summary>Sends one message.</summary>
    /// <returns>Its sid.</returns>
    /// <exception cref="UndeliveredException">Twilio refused it, with the reason.</exception>
    /// <exception cref="TryLaterException">Twilio did not accept it, and may accept it later.</exception>
    /// <exception cref="HttpRequestException">Unknown whether Twilio accepted it.</exception>
    public async Task<string> CreateAsync(CreateMessageOptions message, CancellationToken cancellation)
    {
        try
        {
            var created = await api.CallAsync(client => MessageResource.CreateAsync(message, client), cancellation);
            return created?.Sid is { Length: > 0 } sid ? sid : throw new HttpRequestException("Twilio answered without a sid.");
        }
        catch (TwilioRefusesException refusal)
        {
            throw Undelivered(refusal, asTemplate: message.ContentSid is not null);
        }
    }

    /// <summary>The latest messages to a phone, newest first, including queued ones, which have no sending date.</summary>
    /// <exception cref="TryLaterException">Twilio does not tell now.</exception>
    public async Task<TwilioPage> ListAsync(string to, string from, CancellationToken cancellation)
    {
        try
        {
            var asked = new ReadMessageOptions { To = to, From = from, PageSize = PageSize };
            var listed = await api.CallAsync(client => MessageResource.ReadAsync(asked, client), cancellation);
            listed.AutoPaging = false;
            var messages = listed.Select(TwilioListed.Of).ToList();
            return new TwilioPage(messages, messages.Count >= PageSize);
        }
        catch (HttpRequestException)
        {
            throw Unasked("Twilio did not say what it has.", TimeSpan.Zero);
        }
        catch (TwilioRefusesException refusal)
        {
            throw Unasked($"Twilio answered {(int)refusal.Status} when it was asked what it has.", refusal.Rest);
        }
        catch (TryLaterException later)
        {
            throw Unasked("Twilio does not say now what it has.", later.Rest);
        }
    }

    private static TryLaterException Unasked(string sentence, TimeSpan rest) => new(sentence, rest) { MayHaveHappened = true };

    private static UndeliveredException Undelivered(TwilioRefusesException refusal, bool asTemplate)
    {
        int? code = refusal.Code ?? (refusal.Status == HttpStatusCode.Unauthorized ? NotAuthorized : null);
        var undelivered = TwilioErrors.Judge(code, asTemplate);
        if (code is null)
            undelivered = undelivered with { Reason = $"Twilio answered {(int)refusal.Status} without a number." };
        return new UndeliveredException(undelivered, refusal.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? _operatorsRest : refusal.Rest);
    }
}

/// <param name="Messages">Newest first.</param>
/// <param name="IsFull">True if there may be more.</param>
internal sealed record TwilioPage(IReadOnlyList<TwilioListed> Messages, bool IsFull);

/// <param name="IsUnderWay">Accepted by Twilio and not failed.</param>
internal sealed record TwilioListed(string Sid, string Body, bool IsUnderWay, DateTimeOffset Created)
{
    /// <exception cref="HttpRequestException">It has no sid or no date: this is not a message of Twilio's.</exception>
    public static TwilioListed Of(MessageResource message) => message is { Sid: { Length: > 0 } sid, DateCreated: { } created }
        ? new TwilioListed(
            sid,
            message.Body ?? "",
            message.Direction != MessageResource.DirectionEnum.Inbound
                && message.Status != MessageResource.StatusEnum.Failed && message.Status != MessageResource.StatusEnum.Undelivered
                && message.Status != MessageResource.StatusEnum.Canceled,
            created.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(created, TimeSpan.Zero) : created)
        : throw new HttpRequestException("Twilio's list has a message without a sid or a date.");
}

using Atmosphere.Bot.Channels.Access;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.Mail;

/// <summary>The links in mails: signed, so that nobody can confirm or end the subscription of another.</summary>
internal sealed class MailLinks(ServerSecret secret, IOptions<PublicDoors> doors)
{
    public const string ConfirmPath = "/mail/confirm/";
    public const string UnsubscribePath = "/mail/unsubscribe/";

    /// <summary>Whether mails can have links: the server's address is known.</summary>
    public bool CanLink => doors.Value.PublicUrl is not null;

    public Uri Confirm(SubscriberId subscriber, string language) => Of(ConfirmPath, subscriber, language);

    public Uri Unsubscribe(SubscriberId subscriber, string language) => Of(UnsubscribePath, subscriber, language);

    /// <returns>The subscriber and the language of the mail; null if the link is not ours.</returns>
    public (SubscriberId Subscriber, string Language)? Open(string path, string token) =>
        secret.Open(path, token)?.Split('|') is [var subscriber, var language] ? (new SubscriberId(subscriber), language) : null;

    private Uri Of(string path, SubscriberId subscriber, string language) => doors.Value.PublicUrl is { } address
        ? new Uri($"{address.TrimEnd('/')}{path}{secret.Sign(path, $"{subscriber}|{language}")}")
        : throw new HopelessException($"A mail needs links to this server, whose address is not set. Set {PublicDoors.Url}.");
}

using System.Text.RegularExpressions;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>Stores private messages, within the senders' rate limits.</summary>
internal sealed partial class TwilioInbox(
    Database database, TurnInbox inbox, SenderRates rates, IOptions<TwilioOptions> options, ILogger<TwilioInbox> log)
{
    /// <exception cref="RefusedRequestException">The message has no id.</exception>
    public async Task AcceptAsync(TwilioForm form)
    {
        if (form["MessageSid"] is not { } id || !Sid().IsMatch(id))
            throw new RefusedRequestException(400, "A message needs a MessageSid, such as SM and 32 hexadecimal digits.");
        if (WhatsAppAddress.Read(form["From"]) is not { } sender)
        {
            log.LogDebug("A message is ignored: its sender is no WhatsApp number");
            return;
        }

        var own = form["To"];
        if (options.Value.FromAddress is { } from && !string.Equals(own, from, StringComparison.OrdinalIgnoreCase))
        {
            log.LogDebug("A message is ignored: it was sent to another number than {Setting}", $"{TwilioOptions.Section}:From");
            return;
        }

        if (TwilioMessage.Read(form) is not { } incoming)
            return;
        var key = new ConversationKey(WhatsAppAddress.Channel, sender);
        var rate = rates.Count(key, id);
        if (rate == SenderRate.Told)
            return;
        if (rate == SenderRate.Exceeded)
            incoming = new IncomingMessage(IncomingKind.TooMany, "", []);

        var reference = new TwilioReference(WhatsAppAddress.Prefix + sender, own).ToJson();
        try
        {
            // Not cancelled with the request: a caller that disconnects would not know that the message is stored.
            await database.WriteAsync(session => inbox.AcceptAsync(session, key, id, reference, incoming, group: null), CancellationToken.None);
        }
        catch
        {
            // Twilio will repeat the message, which must then be accepted.
            rates.Forget(key, id);
            throw;
        }

        if (rate == SenderRate.Exceeded)
            log.LogWarning("The participant {Participant} writes more than is answered", await database.ReadAsync(session => Participants.FindAsync(session, key.Channel, key.Address)));
    }

    [GeneratedRegex(@"\A[A-Za-z0-9]{2,64}\z")]
    private static partial Regex Sid();
}

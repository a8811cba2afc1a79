using System.Text.Json;
using Atmosphere.Bot.Channels.WhatsApp.Twilio;
using Atmosphere.Bot.Channels.WhatsApp.Waha;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Incoming.Groups;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

/// <summary>Converts private messages from a container to turns.</summary>
internal sealed class PrivateMessages(TurnInbox turns, SenderRates rates, ILogger<PrivateMessages> log)
{
    /// <param name="number">Null: it is hidden, so no answer is possible.</param>
    public async Task AcceptAsync(Session session, ChatEvent told, string? number)
    {
        if (number is null)
        {
            log.LogWarning("A private message is ignored: its sender's number is hidden");
            return;
        }

        var reference = JsonSerializer.Serialize(new WahaReference(told.Chat), JsonSerializerOptions.Web);
        var incoming = new IncomingMessage(IncomingKind.Message, told.Text, told.Files) { ReplyTo = told.ReplyTo, ProfileName = told.ProfileName, Forwarded = told.Forwarded };
        var key = new ConversationKey(WhatsAppAddress.Channel, number);
        switch (rates.Count(key, told.Message))
        {
            case SenderRate.Told:
                return;
            case SenderRate.Exceeded:
                log.LogWarning("The participant {Participant} writes more than is answered", await Participants.FindAsync(session, key.Channel, key.Address));
                incoming = new IncomingMessage(IncomingKind.TooMany, "", []);
                break;
        }

        _ = await turns.AcceptAsync(session, key, told.Message, reference, incoming, group: null);
    }
}

using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Forgetting;

/// <summary>Sends the goodbye to an erased participant, whose address is deleted once the goodbye could be read.</summary>
internal sealed class SayLastWord(IParents parents, Database database) : IStep<ParticipantForgotten>, IOnExhausted<ParticipantForgotten>
{
    private static readonly TimeSpan _soon = TimeSpan.FromMilliseconds(200);

    public async Task<Effects> HandleAsync(ParticipantForgotten message, CancellationToken cancellation)
    {
        if (await database.ReadAsync(session => IsAnsweredLaterAsync(session, message.Participant), cancellation))
            throw new TryLaterException("The answer to the participant's last message is sent before the goodbye.", _soon);
        _ = await parents.SendAsync(
            new ParentNotice(new DeliveryId($"forgotten-{message.Erasure}"), message.Participant, "forget-me.forgotten", new Dictionary<string, string>(), null)
            {
                AskedFor = true,
            },
            cancellation);
        return Go(message);
    }

    public Effects Exhausted(ParticipantForgotten message, Exception reason) => Go(message);

    private static async Task<bool> IsAnsweredLaterAsync(Session session, ParticipantId id) =>
        await Participants.FindAsync(session, id) is { } participant
        && await ReplyStore.IsAnswerWaitingAsync(session, new ConversationKey(participant.Channel, participant.Address));

    private static Effects Go(ParticipantForgotten message) =>
        new Effects().Send(new DeleteParticipantEntry(message.Erasure, message.Participant), message.Rest);
}

using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;

namespace Atmosphere.Bot.Conversations.Forgetting;

/// <summary>Sends the goodbye to an erased participant, whose address is deleted once the goodbye could be read.</summary>
internal sealed class SayLastWord(IParents parents) : IStep<ParticipantForgotten>, IOnExhausted<ParticipantForgotten>
{
    public async Task<Effects> HandleAsync(ParticipantForgotten message, CancellationToken cancellation)
    {
        _ = await parents.SendAsync(
            new ParentNotice(new DeliveryId($"forgotten-{message.Erasure}"), message.Participant, "forget-me.forgotten", new Dictionary<string, string>(), null)
            {
                AskedFor = true,
            },
            cancellation);
        return Go(message);
    }

    public Effects Exhausted(ParticipantForgotten message, Exception reason) => Go(message);

    private static Effects Go(ParticipantForgotten message) =>
        new Effects().Send(new DeleteParticipantEntry(message.Erasure, message.Participant), message.Rest);
}

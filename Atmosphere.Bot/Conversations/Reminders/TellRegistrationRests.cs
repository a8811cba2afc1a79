using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;

namespace Atmosphere.Bot.Conversations.Reminders;

/// <summary>Reminds a parent of a registration, or says that it is closed.</summary>
internal sealed class TellRegistrationRests(IParents parents) : IStep<RegistrationRests>
{
    public async Task<Effects> HandleAsync(RegistrationRests message, CancellationToken cancellation)
    {
        var notice = new ParentNotice(new DeliveryId(message.Delivery), message.Participant, message.Sentence, new Dictionary<string, string>(), null);
        await parents.SendAsync(notice, cancellation);
        return Effects.None;
    }
}

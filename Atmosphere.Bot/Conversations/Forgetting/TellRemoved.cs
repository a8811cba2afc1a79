using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;

namespace Atmosphere.Bot.Conversations.Forgetting;

/// <summary>Tells other guardians, and whoever asked to become one, that a child was removed. It names nobody: the name is being deleted.</summary>
internal sealed class TellRemoved(IParents parents) : IStep<PersonRemoved>
{
    public async Task<Effects> HandleAsync(PersonRemoved message, CancellationToken cancellation)
    {
        _ = await parents.SendAsync(
            new ParentNotice(
                new DeliveryId($"removed-{message.Erasure}-{message.Receiver}"), message.Receiver,
                message.WasGuardian ? "remove-person.removed-by-owner" : "remove-person.asked-in-vain", new Dictionary<string, string>(), null),
            cancellation);
        return Effects.None;
    }
}

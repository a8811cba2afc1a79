using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Forgetting;

/// <summary>Tells a guardian that the registration of the child is theirs now.</summary>
internal sealed class TellOwner(Database database, IRegistrations registrations, IParents parents) : IStep<OwnershipPassed>
{
    public async Task<Effects> HandleAsync(OwnershipPassed message, CancellationToken cancellation)
    {
        var children = await database.ReadAsync(session => registrations.OfAsync(session, message.Owner), cancellation);
        if (children.FirstOrDefault(child => child.Person == message.Person) is not { } child)
            return Effects.None;

        _ = await parents.SendAsync(
            new ParentNotice(
                new DeliveryId($"owner-{message.Person}"), message.Owner, "forget-me.owner-now", new Dictionary<string, string> { ["name"] = child.Name }, null),
            cancellation);
        return Effects.None;
    }
}

using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations;

/// <summary>Tells a parent that photos are recognised from now on.</summary>
internal sealed class TellConnected(Database database, IRegistrations registrations, IParents parents) : IStep<PersonConnected>
{
    public async Task<Effects> HandleAsync(PersonConnected message, CancellationToken cancellation)
    {
        var children = await database.ReadAsync(session => registrations.OfAsync(session, message.Owner), cancellation);
        if (children.FirstOrDefault(child => child.Person == message.Person) is { } child)
        {
            await parents.SendAsync(
                new ParentNotice(
                    new DeliveryId($"connected-{message.Person}"),
                    message.Owner,
                    "connect-person.connected",
                    new Dictionary<string, string> { ["name"] = child.Name },
                    null),
                cancellation);
        }

        return Effects.None;
    }
}

using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Requests;

/// <summary>Tells a parent that another child of the group looks just like theirs, and what that means; not whose child it is.</summary>
internal sealed class TellLookAlike(Database database, IRegistrations registrations, IParents parents) : IStep<LookAlikeLearned>
{
    public async Task<Effects> HandleAsync(LookAlikeLearned message, CancellationToken cancellation)
    {
        if (await database.ReadAsync(session => registrations.FindAsync(session, message.Person), cancellation) is { } child)
        {
            var values = new Dictionary<string, string> { ["name"] = child.Name, ["group"] = child.GroupName };
            await parents.SendAsync(
                new ParentNotice(new DeliveryId($"look-alike-{message.Person}-{message.Other}"), child.Owner, "requests.look-alike-learned", values, null), cancellation);
        }

        return Effects.None;
    }
}

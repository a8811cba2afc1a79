using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations;

/// <summary>Tells a parent why the child is not registered, and that nothing is kept.</summary>
internal sealed class TellNotConnected(Database database, IRegistrations registrations, IParents parents) : IStep<PersonNotConnected>
{
    public async Task<Effects> HandleAsync(PersonNotConnected message, CancellationToken cancellation)
    {
        var (request, children) = await database.ReadAsync(
            async session => (await RequestTable.OfPendingAsync(session, message.Person), await registrations.OfAsync(session, message.Owner)), cancellation);
        var text = message.Reason switch
        {
            NotConnectedReason.LooksLikeOwn => "connect-person.looks-like-own",
            NotConnectedReason.LooksLikeAnother when request is not null => "connect-person.other-parent-asked",
            NotConnectedReason.LooksLikeAnother => "connect-person.looks-like-another",
            _ => "connect-person.not-connected",
        };
        var name = request is { Details: not "{}" }
            ? RequestWish.Read(request.Details).Name
            : children.FirstOrDefault(child => child.Person == message.Person)?.Name ?? "your child";
        await parents.SendAsync(
            new ParentNotice(
                new DeliveryId($"not-connected-{message.Person}"), message.Owner, text, new Dictionary<string, string> { ["name"] = name }, null),
            cancellation);
        return Effects.None;
    }
}

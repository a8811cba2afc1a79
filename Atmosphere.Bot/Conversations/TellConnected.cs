using Atmosphere.Bot.Conversations.Invitations;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations;

/// <summary>Tells a parent that photos are recognised from now on, or that a teacher, or whoever runs the bot, has to confirm first.</summary>
internal sealed class TellConnected(Database database, IRegistrations registrations, IParents parents) : IStep<PersonConnected>
{
    public async Task<Effects> HandleAsync(PersonConnected message, CancellationToken cancellation)
    {
        var (child, confirmed, asked, isInvited) = await database.ReadAsync(
            async session => (
                await registrations.FindAsync(session, message.Person),
                await registrations.IsConfirmedAsync(session, message.Person),
                await RequestTable.IsConfirmationOpenAsync(session, message.Person),
                (await InvitationTable.OfAsync(session, message.Person)).Count > 0),
            cancellation);
        if (child is not null)
        {
            await parents.SendAsync(
                new ParentNotice(
                    new DeliveryId($"connected-{message.Person}"),
                    message.Owner,
                    confirmed ? "connect-person.connected" : asked ? "connect-person.teacher-asked" : "connect-person.no-teacher-yet",
                    new Dictionary<string, string> { ["name"] = child.Name, ["group"] = child.GroupName },
                    null),
                cancellation);
        }

        return isInvited ? Effects.None.Send(new InvitedConnected(message.Person)) : Effects.None;
    }
}

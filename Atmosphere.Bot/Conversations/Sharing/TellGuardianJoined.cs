using Atmosphere.Bot.Conversations.Requests;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Sharing;

/// <summary>Somebody used a share code; whoever gave it is to know.</summary>
internal sealed record GuardianJoined(PersonId Person, ParticipantId Guardian) : IMessage;

/// <summary>Tells the parent who shared a child that it worked, and with whom.</summary>
internal sealed class TellGuardianJoined(Database database, IRegistrations registrations, Languages languages, IParents parents) : IStep<GuardianJoined>
{
    public async Task<Effects> HandleAsync(GuardianJoined message, CancellationToken cancellation)
    {
        var notice = await database.ReadAsync(
            async session =>
            {
                if (await registrations.FindAsync(session, message.Person) is not { } person || await Participants.FindAsync(session, person.Owner) is not { } owner)
                    return null;
                var asker = await Askers.DescribeAsync(session, message.Guardian, languages.Of(owner.Language));
                return new ParentNotice(
                    new DeliveryId($"joined-{message.Person}-{message.Guardian}"), owner.Id, "share-child.joined",
                    new Dictionary<string, string> { ["asker"] = asker, ["name"] = person.Name }, null);
            },
            cancellation);
        if (notice is not null)
            await parents.SendAsync(notice, cancellation);
        return Effects.None;
    }
}

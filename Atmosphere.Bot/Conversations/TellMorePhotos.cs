using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations;

/// <summary>Tells a parent what became of the photos that they added.</summary>
internal sealed class TellMorePhotos(Database database, IRegistrations registrations, IParents parents) : IStep<MorePhotosLearned>
{
    public async Task<Effects> HandleAsync(MorePhotosLearned message, CancellationToken cancellation)
    {
        var children = await database.ReadAsync(session => registrations.OfAsync(session, message.By), cancellation);
        if (children.FirstOrDefault(child => child.Person == message.Person) is { } child)
        {
            var text = message.Learned > 0 ? "add-photos.learned" : "add-photos.not-learned";
            var notice = new ParentNotice(message.Notice, message.By, text, new Dictionary<string, string> { ["name"] = child.Name }, null);
            _ = await parents.SendAsync(notice, cancellation);
        }

        return Effects.None;
    }
}

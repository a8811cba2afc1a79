using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Requests;

/// <summary>Asks a parent, or a teacher, about another's wish; a number says later what the answer is about.</summary>
internal sealed class TellRequest(Database database, IRegistrations registrations, Languages languages, IParents parents) : IStep<RequestMade>
{
    public async Task<Effects> HandleAsync(RequestMade message, CancellationToken cancellation)
    {
        foreach (var notice in await database.ReadAsync(session => NoticesAsync(session, message), cancellation))
            await parents.SendAsync(notice, cancellation);
        return Effects.None;
    }

    private async Task<IReadOnlyList<ParentNotice>> NoticesAsync(Session session, RequestMade message)
    {
        if (await RequestTable.FindAsync(session, message.Request) is not { State: RequestState.Open } request
            || await registrations.FindAsync(session, request.Person) is not { } person
            || await Participants.FindAsync(session, request.To) is not { } receiver)
            return [];

        if (request.Kind == RequestKind.LookAlike)
            return await LookAlikeAsync(session, request, person, receiver);

        var isGuardian = request.Kind == RequestKind.Guardian;
        var key = isGuardian ? "requests.guardian" : message.Again ? "requests.confirmation-again" : "requests.confirmation";
        var values = new Dictionary<string, string>
        {
            ["asker"] = await Askers.DescribeAsync(session, request.From, languages.Of(receiver.Language)),
            ["name"] = person.Name,
            ["typed"] = RequestWish.Read(request.Details).Name,
            ["group"] = person.GroupName,
            ["number"] = $"{request.Number}",
        };
        return
        [
            // Without the portrait: only the child's own guardians see that.
            new ParentNotice(
                new DeliveryId($"request-{request.Id}{(message.Again ? "-again" : "")}"), request.To, key, values, null)
            {
                Buttons = ["requests.allow-button", "requests.refuse-button"],
            },
        ];
    }

    /// <summary>A teacher learns who asks; the other family's owner does not. Whoever asks learns that it waits.</summary>
    private async Task<IReadOnlyList<ParentNotice>> LookAlikeAsync(Session session, Request request, KnownPerson person, Participant receiver)
    {
        if (RequestWish.Read(request.Details).Like is not { } id || await registrations.FindAsync(session, new PersonId(id)) is not { } like)
            return [];

        var isOwner = like.Owner == request.To;
        var asker = isOwner ? "" : await Askers.DescribeAsync(session, request.From, languages.Of(receiver.Language));
        var values = new Dictionary<string, string>
        {
            ["asker"] = asker,
            ["name"] = isOwner ? like.Name : person.Name,
            ["group"] = person.GroupName,
            ["number"] = $"{request.Number}",
        };
        return
        [
            new ParentNotice(
                new DeliveryId($"request-{request.Id}"), request.To, isOwner ? "requests.look-alike-owner" : "requests.look-alike-teacher", values, null)
            {
                Buttons = ["requests.allow-button", "requests.refuse-button"],
            },
            new ParentNotice(
                new DeliveryId($"look-alike-waits-{person.Person}"), request.From, "requests.look-alike-waits", new Dictionary<string, string> { ["name"] = person.Name }, null),
        ];
    }
}

using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Requests;

/// <summary>Tells whoever wished something what became of it, and forgets what it was about.</summary>
internal sealed class TellRequestEnded(Database database, IRegistrations registrations, IParents parents) : IStep<RequestEnded>
{
    public async Task<Effects> HandleAsync(RequestEnded message, CancellationToken cancellation)
    {
        var (request, person) = await database.ReadAsync(
            async session =>
            {
                var found = await RequestTable.FindAsync(session, message.Request);
                return (found, found is null ? null : await registrations.FindAsync(session, found.Person));
            },
            cancellation);
        if (request is null or { State: RequestState.Open } or { Details: "{}" })
            return Effects.None;

        var key = (request.Kind, request.State) switch
        {
            (RequestKind.Guardian, RequestState.Granted) => "requests.became-guardian",
            (RequestKind.Guardian, RequestState.Refused) => "requests.not-guardian",
            (RequestKind.Guardian, _) => "requests.no-answer",
            (RequestKind.LookAlike, RequestState.Granted) => "requests.look-alike-admitted",
            (RequestKind.LookAlike, _) => "requests.look-alike-refused",
            // Nobody was asked: whoever runs the bot decided.
            (_, RequestState.Granted) when request.To == request.From => "requests.confirmed-by-operators",
            (_, RequestState.Granted) => "requests.confirmed",
            _ when request.To == request.From => "requests.not-confirmed-by-operators",
            _ => "requests.not-confirmed",
        };
        var values = new Dictionary<string, string> { ["name"] = RequestWish.Read(request.Details).Name, ["group"] = person?.GroupName ?? "" };
        await parents.SendAsync(new ParentNotice(new DeliveryId($"request-ended-{(request.Kind == RequestKind.LookAlike ? $"look-alike-{request.Person}" : request.Id)}"), request.From, key, values, null), cancellation);
        return new Effects().Change(session => RequestTable.ForgetDetailsAsync(session, request.Id));
    }
}

using System.Text.Json;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Requests;

/// <summary>The details of a request.</summary>
/// <param name="Name">The requester's name for the child.</param>
/// <param name="Consent">To become guardian: the requester's consent.</param>
public sealed record RequestWish(string Name, Consent? Consent)
{
    /// <summary>Look-alike: id of the registered person that the child looks like.</summary>
    public string? Like { get; init; }

    /// <summary>Returns an empty one if the details are deleted.</summary>
    public static RequestWish Read(string details) => JsonSerializer.Deserialize<RequestWish>(details, JsonSerializerOptions.Web) ?? new("", null);

    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}

/// <summary>A parent who registers a child that is registered already is not refused: the first parent decides whether they become guardian.</summary>
internal static class GuardianRequests
{
    /// <summary>Asks the first parent, unless they have answered.</summary>
    /// <param name="given">The registration given up for the request, with its consent.</param>
    /// <param name="like">The registered person.</param>
    public static async Task AskAsync(Session session, IOutbox outbox, PersonRow given, PersonId like, DateTimeOffset now)
    {
        if (await RequestTable.OfPendingAsync(session, given.Id) is null && await AddAsync(session, given, like, now) is { } id)
            await outbox.SendAsync(session, new RequestMade(id));
    }

    /// <summary>The first parent said, before they were asked, that the two are one child and that the other parent gets its photos.</summary>
    public static async Task GrantAsync(Session session, IOutbox outbox, IRegistrations registrations, PersonRow given, PersonId like, DateTimeOffset now)
    {
        _ = await AddAsync(session, given, like, now, $"-{given.Id}");
        if (await RequestTable.OfPendingAsync(session, given.Id) is not { State: RequestState.Open } request)
            return;
        var joins = RequestWish.Read(request.Details).Consent is { } consent
            && await registrations.AddGuardianAsync(session, like, given.Owner, consent, WayToJoin.OwnersYes);
        _ = await RequestTable.EndAsync(session, request.Id, joins ? RequestState.Granted : RequestState.Refused, now);
        await outbox.SendAsync(session, new RequestEnded(request.Id));
    }

    /// <summary>Remembers that the first parent refused: they are not asked about this requester again.</summary>
    public static async Task RefuseAsync(Session session, PersonRow given, PersonId like, DateTimeOffset now)
    {
        if (await PersonTable.FindAsync(session, like) is not { } registered)
            return;
        var id = IdOf(given, like);
        _ = await RequestTable.AddAsync(session, id, RequestKind.Guardian, like, given.Owner, registered.Owner, "{}", null, now);
        _ = await RequestTable.EndAsync(session, id, RequestState.Refused, now);
    }

    /// <summary>Whether the first parent was asked before about this requester.</summary>
    public static async Task<bool> WasAskedAsync(Session session, PersonRow given, PersonId like) =>
        await RequestTable.FindAsync(session, IdOf(given, like)) is not null;

    // One request per requester and child: after a refusal it cannot be repeated.
    private static string IdOf(PersonRow given, PersonId like) => $"guardian-{like}-{given.Owner}";

    private static async Task<string?> AddAsync(Session session, PersonRow given, PersonId like, DateTimeOffset now, string apart = "")
    {
        if (await PersonTable.FindAsync(session, like) is not { } registered || registered.Owner == given.Owner)
            return null;
        var id = IdOf(given, like) + apart;
        var wish = new RequestWish(given.Name, await PersonTable.ConsentAsync(session, given.Id, given.Owner));
        return await RequestTable.AddAsync(session, id, RequestKind.Guardian, like, given.Owner, registered.Owner, wish.Write(), given.Id, now) ? id : null;
    }
}

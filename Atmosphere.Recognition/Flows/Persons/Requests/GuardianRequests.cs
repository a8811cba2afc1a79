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

/// <summary>A parent who registers a child that is registered already is not refused: the first parent is asked.</summary>
internal static class GuardianRequests
{
    /// <param name="given">The registration given up for the request, with its consent.</param>
    /// <param name="like">The registered person that it looks like.</param>
    public static async Task AskAsync(Session session, IOutbox outbox, PersonRow given, PersonId like, DateTimeOffset now)
    {
        if (await PersonTable.FindAsync(session, like) is not { } registered || registered.Owner == given.Owner)
            return;

        // The id allows one request per requester and child: after a refusal it cannot be repeated.
        var id = $"guardian-{like}-{given.Owner}";
        var wish = new RequestWish(given.Name, await PersonTable.ConsentAsync(session, given.Id, given.Owner));
        if (await RequestTable.AddAsync(session, id, RequestKind.Guardian, like, given.Owner, registered.Owner, wish.Write(), given.Id, now))
            await outbox.SendAsync(session, new RequestMade(id));
    }
}

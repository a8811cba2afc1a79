using System.Text.Json;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Requests;

/// <summary>The details of a request.</summary>
/// <param name="Name">The child as the asker calls it.</param>
/// <param name="Consent">To become guardian: what the asker agreed to.</param>
public sealed record RequestWish(string Name, Consent? Consent)
{
    /// <summary>Look-alike: id of the registered person whom the child looks like.</summary>
    public string? Like { get; init; }

    /// <summary>An empty one where the details are gone.</summary>
    public static RequestWish Read(string details) => JsonSerializer.Deserialize<RequestWish>(details, JsonSerializerOptions.Web) ?? new("", null);

    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}

/// <summary>Who registers a child that is registered already is not refused: the one who registered first is asked.</summary>
internal static class GuardianRequests
{
    /// <param name="given">The registration that is given up for it, with its consent.</param>
    /// <param name="like">The registered person whom it looks like.</param>
    public static async Task AskAsync(Session session, IOutbox outbox, PersonRow given, PersonId like, DateTimeOffset now)
    {
        if (await PersonTable.FindAsync(session, like) is not { } registered || registered.Owner == given.Owner)
            return;

        // One wish of the same people about the same child: who was refused cannot ask again and again.
        var id = $"guardian-{like}-{given.Owner}";
        var wish = new RequestWish(given.Name, await PersonTable.ConsentAsync(session, given.Id, given.Owner));
        if (await RequestTable.AddAsync(session, id, RequestKind.Guardian, like, given.Owner, registered.Owner, wish.Write(), given.Id, now))
            await outbox.SendAsync(session, new RequestMade(id));
    }
}

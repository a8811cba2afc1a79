using System.Text.Json;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Incoming;

/// <summary>
/// The inbox of all webhooks: one row for each event, and one message for the work that is left, in one transaction. A repeated id of a
/// channel is the same event.
/// </summary>
internal sealed class WebhookInbox(IOutbox outbox, IOptions<RetentionOptions> retention, TimeProvider clock)
{
    /// <summary>Whether the ids of that time are still known. An older event may be a repetition.</summary>
    public bool Remembers(DateTimeOffset at) => at > clock.GetUtcNow() - retention.Value.Inbox;

    /// <summary>Records an event that is handled at once.</summary>
    /// <returns>False if it was recorded before.</returns>
    public Task<bool> RememberAsync(Session session, WebhookSource source) => AddAsync(session, NewId(), source, null);

    /// <summary>Records an event and queues its work.</summary>
    /// <param name="message">Creates the message from the id of the row.</param>
    /// <returns>False if it was recorded before.</returns>
    public async Task<bool> QueueAsync<T>(Session session, WebhookSource source, T work, Func<string, IMessage> message)
    {
        var id = NewId();
        if (!await AddAsync(session, id, source, JsonSerializer.Serialize(work, JsonSerializerOptions.Web)))
            return false;
        await outbox.SendAsync(session, message(id));
        return true;
    }

    /// <returns>Null if nothing is left to do.</returns>
    public static async Task<WebhookWork<T>?> FindAsync<T>(Session session, string id) =>
        await WebhookEventTable.FindAsync(session, id) is { Body: { } body } row
            ? new WebhookWork<T>(row.Channel, JsonSerializer.Deserialize<T>(body, JsonSerializerOptions.Web)!)
            : null;

    /// <summary>Marks the work as done and deletes its data.</summary>
    /// <returns>False if it was done before.</returns>
    public Task<bool> CloseAsync(Session session, string id) => WebhookEventTable.CloseAsync(session, id, clock.GetUtcNow());

    private static string NewId() => Guid.CreateVersion7().ToString("N");

    private Task<bool> AddAsync(Session session, string id, WebhookSource source, string? body) => WebhookEventTable.AddAsync(
        session,
        new WebhookEventRow
        {
            Id = id,
            Channel = source.Channel,
            SourceId = session.Key.HashOf(source.Id),
            UserId = source.User,
            Kind = body is null ? "" : source.Kind,
            Body = body,
        },
        clock.GetUtcNow());
}

/// <summary>Names an event for its vendor.</summary>
/// <param name="Channel">Such as whatsapp-waha.</param>
/// <param name="Id">The vendor's id; only its keyed hash is stored.</param>
/// <param name="Kind">The kind of work.</param>
/// <param name="User">Slack's id of the user; empty elsewhere.</param>
internal sealed record WebhookSource(string Channel, string Id, string Kind, string User = "");

/// <param name="Channel">The channel that told it.</param>
/// <param name="Work">The work that is left.</param>
internal sealed record WebhookWork<T>(string Channel, T Work);

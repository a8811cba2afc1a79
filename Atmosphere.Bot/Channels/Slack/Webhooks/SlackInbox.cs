using System.Text.Json;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>Stores Slack's requests, each once, and the work still to do.</summary>
internal sealed class SlackInbox(IOutbox outbox, TimeProvider clock)
{
    /// <summary>How long an answer is kept for repeated requests.</summary>
    public static readonly TimeSpan AnswersLast = TimeSpan.FromMinutes(10);

    /// <summary>Records a request that is handled at once.</summary>
    /// <param name="source">Slack's id of the request.</param>
    /// <returns>False if it was recorded before.</returns>
    public Task<bool> RememberAsync(Session session, string source, string user) => AddAsync(session, Guid.CreateVersion7().ToString("N"), source, new SlackRequest(default, user), null);

    /// <summary>Records a request and queues its handling.</summary>
    /// <param name="message">Creates the message from the id of the row.</param>
    /// <returns>False if it was recorded before.</returns>
    public async Task<bool> QueueAsync(Session session, string source, SlackRequest request, Func<string, IMessage> message)
    {
        var id = Guid.CreateVersion7().ToString("N");
        if (!await AddAsync(session, id, source, request, JsonSerializer.Serialize(request, JsonSerializerOptions.Web)))
            return false;
        await outbox.SendAsync(session, message(id));
        return true;
    }

    /// <summary>Queues a private answer to the user of a request.</summary>
    /// <param name="key">Key of the text.</param>
    public Task AnswerAsync(Session session, SlackRequest request, string key) =>
        QueueAsync(session, $"answer {Guid.CreateVersion7():N}", request with { Kind = SlackRequestKind.Sentence, Text = key, Action = null, Value = null }, id => new SlackAnswerWaiting(id));

    /// <returns>Null if nothing is left to do.</returns>
    public static async Task<SlackRequest?> FindAsync(Session session, string id) =>
        await SlackRequestTable.FindAsync(session, id) is { } body
            ? JsonSerializer.Deserialize<SlackRequest>(body, JsonSerializerOptions.Web)
            : null;

    /// <summary>Marks the request as done and deletes its data.</summary>
    /// <returns>False if it was done before.</returns>
    public static Task<bool> CloseAsync(Session session, string id) => SlackRequestTable.CloseAsync(session, id);

    /// <summary>Whether a click of the user is queued: the user's next click must not overtake it.</summary>
    public static Task<bool> IsWaitingAsync(Session session, string user) => SlackRequestTable.IsWaitingAsync(session, user, Name(SlackRequestKind.Click));

    /// <summary>The answer to an earlier request with this id; null if it is new.</summary>
    public static async Task<string?> AnswerToAsync(Session session, string source) =>
        CodeTable.Open(session.Key, await SlackRequestTable.AnswerAsync(session, session.Key.HashOf(source)));

    /// <summary>
    /// Keeps an answer for repetitions of the request. It may contain a secret, and is deleted once no repetition is expected.
    /// </summary>
    public async Task KeepAnswerAsync(Session session, string source, string answer)
    {
        await SlackRequestTable.ForgetAnswersAsync(session, clock.GetUtcNow() - AnswersLast);
        await SlackRequestTable.KeepAnswerAsync(session, session.Key.HashOf(source), CodeTable.Seal(session.Key, answer));
    }

    private static string Name(SlackRequestKind kind) => kind.ToString().ToLowerInvariant();

    private Task<bool> AddAsync(Session session, string id, string source, SlackRequest request, string? body) => SlackRequestTable.AddAsync(
        session, id, session.Key.HashOf(source), request.User, body is null ? "" : Name(request.Kind), body, clock.GetUtcNow());
}

using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>Stores Slack's requests in the inbox of all webhooks, and the answers that Slack may ask for again.</summary>
internal sealed class SlackInbox(WebhookInbox webhooks, TimeProvider clock)
{
    private const string Channel = "slack";

    /// <summary>How long an answer is kept for repeated requests.</summary>
    public static readonly TimeSpan AnswersLast = TimeSpan.FromMinutes(10);

    /// <summary>Records a request that is handled at once.</summary>
    /// <param name="source">Slack's id of the request.</param>
    /// <returns>False if it was recorded before.</returns>
    public Task<bool> RememberAsync(Session session, string source, string user) =>
        webhooks.RememberAsync(session, new WebhookSource(Channel, source, "", user));

    /// <summary>Records a request and queues its handling.</summary>
    /// <param name="message">Creates the message from the id of the row.</param>
    /// <returns>False if it was recorded before.</returns>
    public Task<bool> QueueAsync(Session session, string source, SlackRequest request, Func<string, IMessage> message) =>
        webhooks.QueueAsync(session, new WebhookSource(Channel, source, Name(request.Kind), request.User), request, message);

    /// <summary>Queues a private answer to the user of a request.</summary>
    /// <param name="key">Key of the text.</param>
    public Task AnswerAsync(Session session, SlackRequest request, string key) =>
        QueueAsync(session, $"answer {Guid.CreateVersion7():N}", request with { Kind = SlackRequestKind.Sentence, Text = key, Action = null, Value = null }, id => new SlackAnswerWaiting(id));

    /// <returns>Null if nothing is left to do.</returns>
    public static async Task<SlackRequest?> FindAsync(Session session, string id) =>
        (await WebhookInbox.FindAsync<SlackRequest>(session, id))?.Work;

    /// <summary>Marks the request as done and deletes its data.</summary>
    /// <returns>False if it was done before.</returns>
    public Task<bool> CloseAsync(Session session, string id) => webhooks.CloseAsync(session, id);

    /// <summary>Whether a click of the user is queued: the user's next click must not overtake it.</summary>
    public static Task<bool> IsWaitingAsync(Session session, string user) =>
        WebhookEventTable.IsWaitingAsync(session, Channel, user, Name(SlackRequestKind.Click));

    /// <summary>The answer to an earlier request with this id; null if it is new.</summary>
    public static async Task<string?> AnswerToAsync(Session session, string source) =>
        CodeTable.Open(session.Key, await WebhookEventTable.AnswerAsync(session, Channel, session.Key.HashOf(source)));

    /// <summary>
    /// Keeps an answer for repetitions of the request. It may contain a secret, and is deleted once no repetition is expected.
    /// </summary>
    public async Task KeepAnswerAsync(Session session, string source, string answer)
    {
        await WebhookEventTable.ForgetAnswersAsync(session, clock.GetUtcNow() - AnswersLast);
        await WebhookEventTable.KeepAnswerAsync(session, Channel, session.Key.HashOf(source), CodeTable.Seal(session.Key, answer));
    }

    private static string Name(SlackRequestKind kind) => kind.ToString().ToLowerInvariant();
}

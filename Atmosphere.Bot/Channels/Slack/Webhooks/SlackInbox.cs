using System.Text.Json;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>What Slack told us, each thing once, and what is left to do about it.</summary>
internal sealed class SlackInbox(IOutbox outbox, TimeProvider clock)
{
    /// <summary>How long an answer is kept for whoever sends the same again.</summary>
    public static readonly TimeSpan AnswersLast = TimeSpan.FromMinutes(10);

    /// <summary>Remembers something that is done about at once.</summary>
    /// <param name="source">What Slack calls it.</param>
    /// <returns>False where it was told before.</returns>
    public Task<bool> RememberAsync(Session session, string source, string user) => AddAsync(session, Guid.CreateVersion7().ToString("N"), source, new SlackRequest(default, user), null);

    /// <summary>Remembers something that is done about behind the queue.</summary>
    /// <param name="message">Made of the id of the row.</param>
    /// <returns>False where it was told before.</returns>
    public async Task<bool> QueueAsync(Session session, string source, SlackRequest request, Func<string, IMessage> message)
    {
        var id = Guid.CreateVersion7().ToString("N");
        if (!await AddAsync(session, id, source, request, JsonSerializer.Serialize(request, JsonSerializerOptions.Web)))
            return false;
        await outbox.SendAsync(session, message(id));
        return true;
    }

    /// <summary>Says a sentence to whoever did something, where nobody else sees it.</summary>
    /// <param name="key">Of the sentence.</param>
    public Task AnswerAsync(Session session, SlackRequest request, string key) =>
        QueueAsync(session, $"answer {Guid.CreateVersion7():N}", request with { Kind = SlackRequestKind.Sentence, Text = key, Action = null, Value = null }, id => new SlackAnswerWaiting(id));

    /// <returns>Null where nothing is left to do.</returns>
    public static async Task<SlackRequest?> FindAsync(Session session, string id) =>
        await SlackRequestTable.FindAsync(session, id) is { } body
            ? JsonSerializer.Deserialize<SlackRequest>(body, JsonSerializerOptions.Web)
            : null;

    /// <summary>It is done; what it said is forgotten.</summary>
    /// <returns>False where it was done before.</returns>
    public static Task<bool> CloseAsync(Session session, string id) => SlackRequestTable.CloseAsync(session, id);

    /// <summary>Whether a click of somebody waits: their next one must not overtake it.</summary>
    public static Task<bool> IsWaitingAsync(Session session, string user) => SlackRequestTable.IsWaitingAsync(session, user, Name(SlackRequestKind.Click));

    /// <summary>What was answered to something that was told before; null: it is new.</summary>
    public static async Task<string?> AnswerToAsync(Session session, string source) =>
        CodeTable.Open(session.Key, await SlackRequestTable.AnswerAsync(session, session.Key.HashOf(source)));

    /// <summary>Keeps an answer for whoever did not see it and sends the same again: it may be a secret, and goes when that is no longer to be expected.</summary>
    public async Task KeepAnswerAsync(Session session, string source, string answer)
    {
        await SlackRequestTable.ForgetAnswersAsync(session, clock.GetUtcNow() - AnswersLast);
        await SlackRequestTable.KeepAnswerAsync(session, session.Key.HashOf(source), CodeTable.Seal(session.Key, answer));
    }

    private static string Name(SlackRequestKind kind) => kind.ToString().ToLowerInvariant();

    private Task<bool> AddAsync(Session session, string id, string source, SlackRequest request, string? body) => SlackRequestTable.AddAsync(
        session, id, session.Key.HashOf(source), request.User, body is null ? "" : Name(request.Kind), body, clock.GetUtcNow());
}

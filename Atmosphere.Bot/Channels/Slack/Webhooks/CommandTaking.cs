using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>
/// Handles the /atmosphere command. A known user gets the answer in the response; others get it later at the response_url.
/// </summary>
internal sealed class CommandTaking(Database database, SlackInbox inbox, ChannelMembers members, CommandAnswers answers)
{
    // Slack allows three seconds; the rest is for the network.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1.5);

    private const int LongestText = 200;

    /// <returns>Null if the answer comes later, or the request is not a command.</returns>
    public async Task<SlackAnswer?> TakeAsync(IReadOnlyDictionary<string, string> form, CancellationToken cancellation)
    {
        if (SlackIds.User(form.GetValueOrDefault("user_id")) is not { } user || form.GetValueOrDefault("command") is not { Length: > 0 })
            return null;
        var text = form.GetValueOrDefault("text", "");
        if (text.Length > LongestText)
            text = text[..LongestText];
        if (members.Known(user) is { Standing: not Standing.Nobody } known && await AtOnceAsync(known, user, text, cancellation) is { } answer)
            return answer;

        var request = new SlackRequest(SlackRequestKind.Command, user)
        {
            Channel = SlackIds.Channel(form.GetValueOrDefault("channel_id")),
            ResponseUrl = form.GetValueOrDefault("response_url") is { Length: > 0 and < 2000 } url ? url : null,
            Text = text,
        };
        _ = await database.WriteAsync(
            session => inbox.QueueAsync(session, $"command {user} {form.GetValueOrDefault("trigger_id")} {text}", request, id => new SlackAnswerWaiting(id)), CancellationToken.None);
        return null;
    }

    private async Task<SlackAnswer?> AtOnceAsync(SlackMember member, string user, string text, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_patience);
        try
        {
            return await answers.AnswerAsync(member, user, text, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}

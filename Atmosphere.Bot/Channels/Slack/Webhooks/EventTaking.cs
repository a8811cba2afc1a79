using System.Text.Json;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>Handles Slack's events, each once, however often Slack repeats it.</summary>
internal sealed class EventTaking(Database database, SlackInbox inbox, HomePages homes, TimeProvider clock, ILogger<EventTaking> log)
{
    private const int LongestId = 200;

    /// <param name="root">A body of type event_callback.</param>
    public async Task TakeAsync(JsonElement root)
    {
        if (root.TextOf("event_id") is not { Length: <= LongestId } id || root.Of("event") is not { } told)
            return;
        var source = $"event {id}";
        var user = SlackIds.User(told.TextOf("user"));
        switch (told.TextOf("type"))
        {
            case "app_home_opened" when user is not null && told.TextOf("tab") is null or "home":
                await database.WriteAsync(
                    async session =>
                    {
                        if (await inbox.RememberAsync(session, source, user!))
                            await homes.OpenAsync(session, user!, 0);
                    },
                    CancellationToken.None);
                break;
            case "message" when user is not null && IsSaidToUs(root, told, user):
                var request = new SlackRequest(SlackRequestKind.Sentence, user) { Channel = SlackIds.Channel(told.TextOf("channel")), Text = "slack-answers.help" };
                _ = await database.WriteAsync(session => inbox.QueueAsync(session, source, request, row => new SlackAnswerWaiting(row)), CancellationToken.None);
                break;
            case "app_uninstalled" or "tokens_revoked":
                log.LogWarning("Slack has withdrawn the app's access");
                await database.WriteAsync(
                    async session =>
                    {
                        if (await inbox.RememberAsync(session, source, ""))
                            await ColleagueNotifications.LostAsync(session, clock.GetUtcNow());
                    },
                    CancellationToken.None);
                break;
        }
    }

    /// <summary>Whether a user wrote to the bot in a private chat: not a bot, not ourselves, not an edit or a deletion.</summary>
    private static bool IsSaidToUs(JsonElement root, JsonElement told, string user) =>
        told.TextOf("channel_type") == "im" && told.Of("subtype") is null && told.Of("bot_id") is null && told.Of("bot_profile") is null
        && !root.ListOf("authorizations").Any(authorization => authorization.TextOf("user_id") == user);
}

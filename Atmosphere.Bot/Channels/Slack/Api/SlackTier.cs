using Atmosphere.Bot.Channels.Delivery;

namespace Atmosphere.Bot.Channels.Slack.Api;

/// <summary>The rate limit of a method, from Slack's reference: tier 2 is 20 a minute, tier 3 is 50, tier 4 is 100.</summary>
/// <param name="Rate">Slack tolerates bursts, and reports when it was too much.</param>
/// <param name="ByChannel">Whether the limit applies per channel.</param>
internal sealed record SlackTier(Rate Rate, bool ByChannel)
{
    private static readonly SlackTier _posts = new(new Rate(TimeSpan.FromSeconds(1), 5), ByChannel: true);
    private static readonly SlackTier _two = OfMinute(20);
    private static readonly SlackTier _three = OfMinute(50);
    private static readonly SlackTier _four = OfMinute(100);

    /// <summary>The tier of a method; unlisted methods get the slowest one of the table.</summary>
    public static SlackTier Of(string method) => method switch
    {
        "chat.postMessage" => _posts,
        "chat.postEphemeral" => _four with { ByChannel = true },
        "chat.update" or "conversations.history" or "conversations.open" or "files.delete" => _three,
        "conversations.members" or "users.info" or "views.open" or "views.publish" or "views.update" or "auth.test" => _four,
        "files.getUploadURLExternal" or "files.completeUploadExternal" or "files.info" => _four,
        // Each upload or response_url is a different address, good for one file or five answers.
        SlackApi.Upload or SlackApi.ResponseUrl => new SlackTier(new Rate(TimeSpan.FromMilliseconds(10), 100), ByChannel: false),
        _ => _two,
    };

    private static SlackTier OfMinute(int calls) => new(new Rate(TimeSpan.FromMinutes(1) / calls, calls / 2), ByChannel: false);
}

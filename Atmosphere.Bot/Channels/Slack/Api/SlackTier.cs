using Atmosphere.Bot.Channels.Delivery;

namespace Atmosphere.Bot.Channels.Slack.Api;

/// <summary>How often a method may be called, as its page in Slack's reference says: tier 2 is 20 a minute, tier 3 is 50, tier 4 is 100.</summary>
/// <param name="Rate">Slack takes bursts, and says itself when it was too much.</param>
/// <param name="ByChannel">Whether each channel has its own count.</param>
internal sealed record SlackTier(Rate Rate, bool ByChannel)
{
    private static readonly SlackTier _posts = new(new Rate(TimeSpan.FromSeconds(1), 5), ByChannel: true);
    private static readonly SlackTier _two = OfMinute(20);
    private static readonly SlackTier _three = OfMinute(50);
    private static readonly SlackTier _four = OfMinute(100);

    /// <summary>What is not in the table is called as seldom as the slowest of it.</summary>
    public static SlackTier Of(string method) => method switch
    {
        "chat.postMessage" => _posts,
        "chat.postEphemeral" => _four with { ByChannel = true },
        "chat.update" or "conversations.history" or "conversations.open" or "files.delete" => _three,
        "conversations.members" or "users.info" or "views.open" or "views.publish" or "views.update" or "auth.test" => _four,
        "files.getUploadURLExternal" or "files.completeUploadExternal" or "files.info" => _four,
        // Each has an address of its own, good for one file or five answers.
        SlackApi.Upload or SlackApi.ResponseUrl => new SlackTier(new Rate(TimeSpan.FromMilliseconds(10), 100), ByChannel: false),
        _ => _two,
    };

    private static SlackTier OfMinute(int calls) => new(new Rate(TimeSpan.FromMinutes(1) / calls, calls / 2), ByChannel: false);
}

using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Channels.Slack.Api;

/// <summary>Looks up a user for webhooks that must answer within three seconds and cannot answer later.</summary>
internal sealed class PromptMembers(ChannelMembers members, ILogger<PromptMembers> log)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    /// <returns>Null if Slack does not answer in time.</returns>
    public async Task<SlackMember?> AskAsync(string user, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_patience);
        try
        {
            return members.Known(user) ?? await members.AskAsync(user, limit.Token);
        }
        catch (Exception error) when (error is SlackRefusesException or TryLaterException or HttpRequestException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            log.LogInformation("Slack does not say in time who belongs to the channel: {Reason}", error.Message);
            return null;
        }
    }
}

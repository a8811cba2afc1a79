namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>How the server is, in words for people.</summary>
internal interface IServerState
{
    /// <returns>Whether it is well, and a sentence for each thing that is not; without paths, addresses or secrets.</returns>
    Task<(bool IsWell, IReadOnlyList<string> Troubles)> LookAsync(CancellationToken cancellation);
}

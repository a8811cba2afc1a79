namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>The health of the server, in words for people.</summary>
internal interface IServerState
{
    /// <returns>Whether it is healthy, and one sentence per problem, without paths, addresses or secrets.</returns>
    Task<(bool IsWell, IReadOnlyList<string> Troubles)> LookAsync(CancellationToken cancellation);
}

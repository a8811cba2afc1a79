using Atmosphere.Bot.Incoming;

namespace Atmosphere.Bot.Channels.Access;

/// <summary>Makes the group of the playground, or ends its open house.</summary>
internal sealed class PlaygroundGroupAtStart(Recognition.Storage.Groups groups, Visitors visitors) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        groups.EnsurePlaygroundAsync(ClassGroup.Id, ClassGroup.Name, visitors.AreWelcome, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

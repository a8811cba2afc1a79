namespace Atmosphere.Bot.Incoming;

/// <summary>Makes the class group before the doors open.</summary>
internal sealed class ClassGroupAtStart(Recognition.Storage.Groups groups) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        groups.EnsureAsync(ClassGroup.Id, ClassGroup.Name, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

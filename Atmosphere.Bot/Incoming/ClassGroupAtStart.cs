namespace Atmosphere.Bot.Incoming;

/// <summary>Creates the class group before the server accepts requests.</summary>
internal sealed class ClassGroupAtStart(Recognition.Storage.Groups groups) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        groups.EnsureAsync(ClassGroup.Id, ClassGroup.Name, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

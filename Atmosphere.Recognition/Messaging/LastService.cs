using Microsoft.Extensions.Hosting;

namespace Atmosphere.Recognition.Messaging;

/// <summary>
/// A service that starts when all others have, the web server included: a server whose address is taken, or that lacks a setting, must fail
/// before it has worked on a message.
/// </summary>
internal abstract class LastService : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public abstract Task StartedAsync(CancellationToken cancellationToken);

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public abstract Task StopAsync(CancellationToken cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

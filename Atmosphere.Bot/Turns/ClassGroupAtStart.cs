using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Turns;

/// <summary>Makes the class group before the doors open.</summary>
internal sealed class ClassGroupAtStart(Database database, Participants participants) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(session => participants.EnsureGroupAsync(session, ClassGroup.Id, ClassGroup.Name), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

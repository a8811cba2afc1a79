using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

/// <summary>Starts a member check of all linked groups after every start, because events during a stop may be lost.</summary>
internal sealed class MembersAtStart(Database database, IOutbox outbox, TimeProvider clock) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if ((await ChatGroups.ListAsync(session)).Any(group => group is { Address: not null, EndedAt: null }))
                await outbox.SendAsync(session, new MembersDue(clock.GetUtcNow()));
        },
        cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

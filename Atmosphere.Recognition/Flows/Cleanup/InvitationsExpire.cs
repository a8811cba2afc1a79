using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Invitations that nobody followed go a while after their codes; those that were followed but never answered, because nothing was learned, too.</summary>
internal sealed class InvitationsExpire(Database database, TimeProvider clock) : ITimeToLive
{
    // A code lives for seven days; who used it in the last hour may take a while to register.
    private static readonly TimeSpan _kept = TimeSpan.FromDays(14);

    public Task<int> ExpireAsync(CancellationToken cancellation) =>
        DueRows.DeleteAsync(database, "FROM invitations WHERE created_at <= @before", clock.GetUtcNow() - _kept, cancellation);
}

using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Invitations that nobody followed go a while after their codes; those that were followed but never answered, because nothing was learned, too.</summary>
internal sealed class InvitationsExpire(Database database, TimeProvider clock) : ITimeToLive
{
    // A code lives for seven days; who used it in the last hour may take a while to register.
    private static readonly TimeSpan _kept = TimeSpan.FromDays(14);

    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        const string due = "FROM invitations WHERE created_at <= @before";
        var times = new { before = (clock.GetUtcNow() - _kept).ToUnixTimeMilliseconds() };
        if (await database.ReadAsync(session => session.QuerySingleOrDefaultAsync<long>($"SELECT COUNT(*) {due}", times), cancellation) == 0)
            return 0;
        return await database.WriteAsync(session => session.ExecuteAsync($"DELETE {due}", times), cancellation);
    }
}

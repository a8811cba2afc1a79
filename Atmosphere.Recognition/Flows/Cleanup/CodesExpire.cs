using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Codes that were used, or that nobody can use any more; for a day they are still known, so that who types one learns why it does not work.</summary>
internal sealed class CodesExpire(Database database, TimeProvider clock) : ITimeToLive
{
    private static readonly TimeSpan _known = TimeSpan.FromDays(1);

    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        const string due = "FROM codes WHERE expires_at <= @before OR used_at <= @before";
        var times = new { before = (clock.GetUtcNow() - _known).ToUnixTimeMilliseconds() };
        if (await database.ReadAsync(session => session.QuerySingleOrDefaultAsync<long>($"SELECT COUNT(*) {due}", times), cancellation) == 0)
            return 0;
        return await database.WriteAsync(session => session.ExecuteAsync($"DELETE {due}", times), cancellation);
    }
}

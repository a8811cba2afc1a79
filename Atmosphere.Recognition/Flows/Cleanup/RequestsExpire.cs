using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Wishes that were answered, or given up. Their rows say without any detail that somebody asked: as long as they are there nobody can ask the same again.</summary>
internal sealed class RequestsExpire(Database database, TimeProvider clock) : ITimeToLive
{
    private static readonly TimeSpan _remembered = TimeSpan.FromDays(30);

    // Whoever asked is told how it ended within a day, or never; what was told has no details any more.
    private static readonly TimeSpan _told = TimeSpan.FromDays(1);

    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var times = new { told = (clock.GetUtcNow() - _told).ToUnixTimeMilliseconds(), remembered = (clock.GetUtcNow() - _remembered).ToUnixTimeMilliseconds() };
        var due = await database.ReadAsync(
            session => session.QuerySingleOrDefaultAsync<long>(
                "SELECT COUNT(*) FROM requests WHERE state <> 'open' AND ((details <> '{}' AND ended_at <= @told) OR ended_at <= @remembered)", times),
            cancellation);
        return due == 0 ? 0 : await database.WriteAsync(ForgetAsync, cancellation);
    }

    private async Task<int> ForgetAsync(Session session)
    {
        var now = clock.GetUtcNow();
        _ = await session.ExecuteAsync(
            "UPDATE requests SET details = '{}' WHERE state <> 'open' AND details <> '{}' AND ended_at <= @told", new { told = (now - _told).ToUnixTimeMilliseconds() });
        return await RequestTable.ExpireAsync(session, now - _remembered);
    }
}

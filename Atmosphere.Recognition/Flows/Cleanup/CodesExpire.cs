using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Codes that were used, or that nobody can use any more; for a day they are still known, so that who types one learns why it does not work.</summary>
internal sealed class CodesExpire(Database database, TimeProvider clock) : ITimeToLive
{
    private static readonly TimeSpan _known = TimeSpan.FromDays(1);

    public Task<int> ExpireAsync(CancellationToken cancellation) =>
        DueRows.DeleteAsync(database, "FROM codes WHERE expires_at <= @before OR used_at <= @before", clock.GetUtcNow() - _known, cancellation);
}

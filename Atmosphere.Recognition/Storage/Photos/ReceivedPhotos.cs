namespace Atmosphere.Recognition.Storage;

/// <summary>Counts received photos.</summary>
public static class ReceivedPhotos
{
    /// <summary>The number of photos received after a time.</summary>
    public static Task<long> CountAsync(Session session, DateTimeOffset since) =>
        session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM photos WHERE received_at > @since", new { since = since.ToUnixTimeMilliseconds() });
}

namespace Atmosphere.Recognition.Storage;

/// <summary>Photos that came in, for those who count them.</summary>
public static class ReceivedPhotos
{
    /// <summary>How many came in after a time.</summary>
    public static Task<long> CountAsync(Session session, DateTimeOffset since) =>
        session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM photos WHERE received_at > @since", new { since = since.ToUnixTimeMilliseconds() });
}

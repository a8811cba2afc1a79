namespace Atmosphere.Recognition.Storage;

/// <summary>Counts received photos.</summary>
public static class ReceivedPhotos
{
    /// <summary>The number of photos received after a time.</summary>
    public static Task<long> CountAsync(Session session, DateTimeOffset since) =>
        session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM photos WHERE received_at > @since", new { since = since.ToUnixTimeMilliseconds() });

    /// <summary>The number of photos that were received and are neither distributed, failed, nor ended before they had a row.</summary>
    public static Task<long> CountUnfinishedAsync(Session session) =>
        session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM inbox i LEFT JOIN photos p ON p.id = i.photo_id
            WHERE i.outcome IS NULL AND (p.id IS NULL OR (p.distributed_at IS NULL AND p.state <> 'failed'))
            """);
}

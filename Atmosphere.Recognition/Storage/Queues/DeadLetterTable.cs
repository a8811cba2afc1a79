namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of dead_letters: messages that were given up.</summary>
internal static class DeadLetterTable
{
    public static DueRows Due { get; } = new("dead_letters", "died_at <= @before");

    /// <summary>How many messages of a queue were given up since then.</summary>
    public static Task<int> CountAsync(Session session, string queue, DateTimeOffset since) =>
        session.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM dead_letters WHERE queue = @queue AND died_at > @since", new { queue, since = since.ToUnixTimeMilliseconds() });
}

namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of colleagues: whom voters are.</summary>
internal static class ColleagueTable
{
    /// <returns>How many rows that were.</returns>
    public static Task<int> ForgetAsync(Session session, string voter) => session.ExecuteAsync("DELETE FROM colleagues WHERE voter = @voter", new { voter });

    /// <summary>Colleagues of whom no vote is left.</summary>
    public static DueRows Due { get; } = new(
        "colleagues", "COALESCE(enriched_at, 0) <= @before AND NOT EXISTS (SELECT 1 FROM face_tags t WHERE t.voter = colleagues.voter)");

    /// <summary>Whether it was asked since then who a voter is.</summary>
    public static async Task<bool> IsFreshAsync(Session session, string voter, DateTimeOffset since) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM colleagues WHERE voter = @voter AND enriched_at > @since", new { voter, since = since.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Who a voter is; what is not known stays as it was.</summary>
    public static Task PutAsync(Session session, string voter, string? name, string? mail, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO colleagues (voter, name, mail, enriched_at) VALUES (@voter, @name, @mail, @at)
            ON CONFLICT (voter) DO UPDATE SET
                name = COALESCE(excluded.name, colleagues.name), mail = COALESCE(excluded.mail, colleagues.mail), enriched_at = excluded.enriched_at
            """,
            new { voter, name, mail, at = now.ToUnixTimeMilliseconds() });
}

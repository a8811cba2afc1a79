using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table colleagues: names and addresses of voters.</summary>
internal static class ColleagueTable
{
    /// <returns>The number of deleted rows.</returns>
    public static Task<int> ForgetAsync(Session session, string voter) => session.ExecuteAsync("DELETE FROM colleagues WHERE voter = @voter", new { voter });

    /// <summary>Colleagues without any vote left.</summary>
    public static DueRows Due { get; } = new(
        "colleagues", "COALESCE(enriched_at, 0) <= @before AND NOT EXISTS (SELECT 1 FROM face_tags t WHERE t.voter = colleagues.voter)");

    /// <summary>Whether a voter's name was looked up since a time.</summary>
    public static async Task<bool> IsFreshAsync(Session session, string voter, DateTimeOffset since) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM colleagues WHERE voter = @voter AND enriched_at > @since", new { voter, since = since.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Stores that a voter is the same human as a participant.</summary>
    public static Task LinkAsync(Session session, string voter, ParticipantId participant) =>
        session.ExecuteAsync(
            "INSERT INTO colleagues (voter, participant_id) VALUES (@voter, @participant) ON CONFLICT (voter) DO UPDATE SET participant_id = excluded.participant_id",
            new { voter, participant });

    /// <summary>Stores a voter's name and address; null keeps the stored value.</summary>
    public static Task PutAsync(Session session, string voter, string? name, string? mail, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO colleagues (voter, name, mail, enriched_at) VALUES (@voter, @name, @mail, @at)
            ON CONFLICT (voter) DO UPDATE SET
                name = COALESCE(excluded.name, colleagues.name), mail = COALESCE(excluded.mail, colleagues.mail), enriched_at = excluded.enriched_at
            """,
            new { voter, name, mail, at = now.ToUnixTimeMilliseconds() });
}

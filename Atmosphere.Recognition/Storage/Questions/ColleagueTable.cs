namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of colleagues: whom voters are.</summary>
internal static class ColleagueTable
{
    /// <returns>How many rows that were.</returns>
    public static Task<int> ForgetAsync(Session session, string voter) => session.ExecuteAsync("DELETE FROM colleagues WHERE voter = @voter", new { voter });

    /// <summary>Colleagues of whom no vote is left.</summary>
    public static DueRows Due { get; } = new(
        "colleagues", "COALESCE(enriched_at, 0) <= @before AND NOT EXISTS (SELECT 1 FROM face_tags t WHERE t.voter = colleagues.voter)");
}

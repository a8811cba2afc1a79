using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Storage;

/// <summary>The table slack_homes: the App Homes to keep up to date, and the page that each shows.</summary>
internal static class SlackHomeTable
{
    public static DueRows Due { get; } = new("slack_homes", "opened_at <= @before");

    public static Task OpenAsync(Session session, string user, int page, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO slack_homes (user_id, page, wanted, opened_at) VALUES (@user, @page, 1, @now)
            ON CONFLICT (user_id) DO UPDATE SET page = excluded.page, wanted = 1, opened_at = excluded.opened_at
            """,
            new { user, page, now = now.ToUnixTimeMilliseconds() });

    /// <summary>Marks the home for redrawing.</summary>
    /// <returns>False if it was marked already, or was never opened.</returns>
    public static async Task<bool> WantAsync(Session session, string user) =>
        await session.ExecuteAsync("UPDATE slack_homes SET wanted = 1 WHERE user_id = @user AND wanted = 0", new { user }) > 0;

    /// <summary>Clears the mark before drawing, so that later changes cause another redraw.</summary>
    /// <returns>The page; null if the home was never opened.</returns>
    public static async Task<int?> BeginAsync(Session session, string user)
    {
        _ = await session.ExecuteAsync("UPDATE slack_homes SET wanted = 0 WHERE user_id = @user", new { user });
        return (int?)await session.QuerySingleOrDefaultAsync<long?>("SELECT page FROM slack_homes WHERE user_id = @user", new { user });
    }

    public static Task<IReadOnlyList<string>> UsersAsync(Session session) =>
        session.QueryAsync<string>("SELECT user_id FROM slack_homes ORDER BY user_id");
}

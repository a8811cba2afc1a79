using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Rows that have outlived their time. It is looked before anything is written: a round in which nothing is due leaves the disk alone.</summary>
internal static class DueRows
{
    /// <param name="database">Where they are.</param>
    /// <param name="due">SQL from FROM on, with <c>@before</c> for the time.</param>
    /// <param name="before">Until when what is due is old.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>How many were deleted.</returns>
    public static async Task<int> DeleteAsync(Database database, string due, DateTimeOffset before, CancellationToken cancellation)
    {
        var times = new { before = before.ToUnixTimeMilliseconds() };
        return await database.ReadAsync(session => session.QuerySingleOrDefaultAsync<long>($"SELECT COUNT(*) {due}", times), cancellation) == 0
            ? 0
            : await database.WriteAsync(session => session.ExecuteAsync($"DELETE {due}", times), cancellation);
    }
}

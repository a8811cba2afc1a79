namespace Atmosphere.Recognition.Storage;

/// <summary>Rows that have outlived their time. It is looked before anything is written: a round in which nothing is due leaves the disk alone.</summary>
/// <param name="Table">Whose rows they are.</param>
/// <param name="Condition">SQL: which of them are due, with <c>@before</c> for the time until when they are old.</param>
public sealed record DueRows(string Table, string Condition)
{
    /// <summary>SQL: what is written into rows that are due; null: they are deleted.</summary>
    public string? Change { get; init; }

    /// <summary>Deletes or changes the rows that are due.</summary>
    /// <returns>How many were deleted or changed.</returns>
    public async Task<int> GoAsync(Database database, DateTimeOffset before, CancellationToken cancellation)
    {
        var times = new { before = before.ToUnixTimeMilliseconds() };
        var due = await database.ReadAsync(
            session => session.QuerySingleOrDefaultAsync<long>($"SELECT COUNT(*) FROM {Table} WHERE {Condition}", times), cancellation);
        return due == 0
            ? 0
            : await database.WriteAsync(
                session => session.ExecuteAsync($"{(Change is null ? $"DELETE FROM {Table}" : $"UPDATE {Table} SET {Change}")} WHERE {Condition}", times), cancellation);
    }
}

namespace Atmosphere.Recognition.Storage;

/// <summary>
/// Rows that are past their retention period. They are queried before writing, so that a run without due rows writes nothing.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="Condition">SQL: which rows are due, with <c>@before</c> for the cutoff time.</param>
public sealed record DueRows(string Table, string Condition)
{
    /// <summary>SQL: the assignment applied to due rows; null: they are deleted.</summary>
    public string? Change { get; init; }

    /// <summary>Deletes or changes the due rows.</summary>
    /// <returns>The number of affected rows.</returns>
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

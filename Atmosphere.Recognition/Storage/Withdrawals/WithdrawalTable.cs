using System.Globalization;

namespace Atmosphere.Recognition.Storage;

/// <summary>The tables withdrawals and log_marks.</summary>
internal static class WithdrawalTable
{
    private const string Log = "withdrawals";
    private const string Alive = "alive";

    /// <summary>Records that a right is withdrawn or given back, in the transaction of that change.</summary>
    /// <param name="kind">One of <see cref="WithdrawalKind"/>.</param>
    public static Task AddAsync(Session session, string kind, string of, string? from = null) =>
        session.ExecuteAsync(
            "INSERT INTO withdrawals (id, kind, of_id, from_id) VALUES (@id, @kind, @of, @from)", new { id = Guid.CreateVersion7().ToString("N"), kind, of, from });

    /// <summary>The withdrawals that are not in the log file yet, oldest first.</summary>
    public static Task<IReadOnlyList<WithdrawalRow>> ListAsync(Session session) =>
        session.QueryAsync<WithdrawalRow>("SELECT id, kind, of_id, from_id FROM withdrawals ORDER BY id");

    /// <summary>Deletes the withdrawals after they were flushed to the log file.</summary>
    public static async Task LoggedAsync(Session session, IReadOnlyCollection<string> lines)
    {
        _ = await session.ExecuteAsync("DELETE FROM withdrawals WHERE id IN @lines", new { lines });
        await MarkAsync(session, lines.Last());
    }

    /// <summary>Records that the database contains all lines up to this one.</summary>
    public static Task MarkAsync(Session session, string line) => SetAsync(session, Log, line);

    /// <returns>Null if there is no mark.</returns>
    public static Task<string?> MarkAsync(Session session) => FindAsync(session, Log);

    /// <summary>Records that the database was in use at a time, so that a copy of it knows its age.</summary>
    public static Task SetAliveAsync(Session session, DateTimeOffset now) => SetAsync(session, Alive, now.ToString("O", CultureInfo.InvariantCulture));

    /// <returns>When the database was last known to be in use; null: never.</returns>
    public static async Task<DateTimeOffset?> AliveAsync(Session session) =>
        await FindAsync(session, Alive) is { } at ? DateTimeOffset.Parse(at, CultureInfo.InvariantCulture) : null;

    private static Task<int> SetAsync(Session session, string log, string line) =>
        session.ExecuteAsync(
            "INSERT INTO log_marks (log, line_id) VALUES (@log, @line) ON CONFLICT (log) DO UPDATE SET line_id = excluded.line_id", new { log, line });

    private static Task<string?> FindAsync(Session session, string log) =>
        session.QuerySingleOrDefaultAsync<string>("SELECT line_id FROM log_marks WHERE log = @log", new { log });
}

/// <summary>A withdrawal that is not in the log file yet.</summary>
internal sealed record WithdrawalRow
{
    public string Id { get; init; } = "";

    public string Kind { get; init; } = "";

    public string OfId { get; init; } = "";

    public string? FromId { get; init; }
}

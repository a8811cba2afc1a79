using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Reads erasures for operators and receipts. They contain no personal data.</summary>
public sealed class ErasureRecords(Database database)
{
    /// <summary>The latest erasures, newest first.</summary>
    /// <param name="limit">Maximum number of erasures.</param>
    public Task<IReadOnlyList<ErasureEntry>> ListAsync(int limit, CancellationToken cancellation = default) =>
        database.ReadAsync(
            session => session.QueryAsync<ErasureEntry>(
                $"SELECT {ErasureTable.Columns} FROM erasures ORDER BY asked_at DESC, id DESC LIMIT @limit", new { limit }),
            cancellation);

    /// <summary>The number of erasures that failed permanently.</summary>
    public Task<long> CountIncompleteAsync(CancellationToken cancellation = default) =>
        database.ReadAsync(session => session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM erasures WHERE state = 'incomplete'"), cancellation);

    /// <returns>Null if there is none.</returns>
    public Task<ErasureEntry?> FindAsync(ErasureId erasure, CancellationToken cancellation = default) =>
        database.ReadAsync(session => FindAsync(session, erasure), cancellation);

    /// <inheritdoc cref="FindAsync(ErasureId, CancellationToken)"/>
    public static Task<ErasureEntry?> FindAsync(Session session, ErasureId erasure) => ErasureTable.FindAsync(session, erasure);
}

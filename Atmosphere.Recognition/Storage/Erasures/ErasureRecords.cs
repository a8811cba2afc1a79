using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Erasures for operators, and for the receipt; nothing of them names anybody.</summary>
public sealed class ErasureRecords(Database database)
{
    /// <summary>The last ones first.</summary>
    /// <param name="limit">At most so many.</param>
    public Task<IReadOnlyList<ErasureEntry>> ListAsync(int limit, CancellationToken cancellation = default) =>
        database.ReadAsync(
            session => session.QueryAsync<ErasureEntry>(
                $"SELECT {ErasureTable.Columns} FROM erasures ORDER BY asked_at DESC, id DESC LIMIT @limit", new { limit }),
            cancellation);

    /// <summary>How many no attempt could finish.</summary>
    public Task<long> CountIncompleteAsync(CancellationToken cancellation = default) =>
        database.ReadAsync(session => session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM erasures WHERE state = 'incomplete'"), cancellation);

    /// <returns>Null where there is none.</returns>
    public Task<ErasureEntry?> FindAsync(ErasureId erasure, CancellationToken cancellation = default) =>
        database.ReadAsync(session => FindAsync(session, erasure), cancellation);

    /// <inheritdoc cref="FindAsync(ErasureId, CancellationToken)"/>
    public static Task<ErasureEntry?> FindAsync(Session session, ErasureId erasure) => ErasureTable.FindAsync(session, erasure);
}

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>The result of a retention run.</summary>
/// <param name="Kinds">All kinds in the order in which they ran, including those with nothing due.</param>
/// <param name="Missing">Rows whose file is missing, by column. They are reported, never deleted.</param>
public sealed record RetentionReport(IReadOnlyList<ExpiredKind> Kinds, IReadOnlyList<MissingFiles> Missing)
{
    /// <summary>The number of deleted items.</summary>
    public int Deleted => Kinds.Sum(kind => kind.Deleted);

    /// <summary>True if all kinds succeeded; failures are retried in the next run.</summary>
    public bool Complete => Kinds.All(kind => kind.Error is null);
}

/// <param name="Kind">Name, such as "group photos".</param>
/// <param name="Deleted">Number of deleted items.</param>
/// <param name="Error">Why the kind failed; null if it succeeded.</param>
public sealed record ExpiredKind(string Kind, int Deleted, string? Error);

/// <param name="Column">Table and column, such as "photos.media".</param>
/// <param name="Rows">Number of rows whose file is missing.</param>
public sealed record MissingFiles(string Column, int Rows);

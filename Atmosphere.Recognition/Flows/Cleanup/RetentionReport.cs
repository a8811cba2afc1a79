namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>What one round of retention did.</summary>
/// <param name="Kinds">Every kind of thing, in the order in which they were asked; also those of which nothing was due.</param>
/// <param name="Missing">Rows that name a file which is not there, by column; empty when all is well. They are reported, never deleted.</param>
public sealed record RetentionReport(IReadOnlyList<ExpiredKind> Kinds, IReadOnlyList<MissingFiles> Missing)
{
    /// <summary>How many things were deleted.</summary>
    public int Deleted => Kinds.Sum(kind => kind.Deleted);

    /// <summary>True when every kind was asked and answered; what failed is tried again in the next round.</summary>
    public bool Complete => Kinds.All(kind => kind.Error is null);
}

/// <param name="Kind">In words, such as "group photos".</param>
/// <param name="Deleted">How many were deleted.</param>
/// <param name="Error">Why the kind could not be looked after; null when it could.</param>
public sealed record ExpiredKind(string Kind, int Deleted, string? Error);

/// <param name="Column">Table and column, such as "photos.media".</param>
/// <param name="Rows">How many of its rows name a file that is not there.</param>
public sealed record MissingFiles(string Column, int Rows);

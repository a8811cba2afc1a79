namespace Atmosphere.Recognition.Storage.Media;

/// <summary>
/// A component whose rows name files. The sweep deletes files that no owner names, and reports rows whose file is missing.
/// </summary>
public interface IMediaOwner
{
    /// <summary>All rows that name a file and depend on it.</summary>
    Task<IReadOnlyList<NamedFile>> RowsAsync(Session session);
}

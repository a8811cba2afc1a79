namespace Atmosphere.Recognition.Storage.Media;

/// <summary>
/// Somebody whose rows name files. A file that no owner's row names is an orphan, and the sweep deletes it; a row that names a file which is
/// not there is reported.
/// </summary>
public interface IMediaOwner
{
    /// <summary>Every row that names a file and counts on it.</summary>
    Task<IReadOnlyList<NamedFile>> RowsAsync(Session session);
}

using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage.Media;

/// <summary>A row that names a file.</summary>
public sealed record NamedFile
{
    /// <summary>Table and column, such as "photos.media".</summary>
    public string Place { get; init; } = "";

    public MediaKey Media { get; init; }

    /// <summary>The photo of the row, if there is one.</summary>
    public PhotoId? Photo { get; init; }
}

using Atmosphere.Recognition.Settings;
using Microsoft.Extensions.Configuration;

namespace Atmosphere.Recognition.Storage;

/// <summary>Section <c>Atmosphere</c>: where everything is kept.</summary>
public sealed class StorageOptions : IRelatedSettings
{
    public const string Section = "Atmosphere";
    public const string DataKey = $"{Section}:{nameof(Data)}";

    /// <summary>Folder of the database and the images, made where it is missing; default ./data, from where the program is started.</summary>
    public string Data { get; set; } = "./data";

    public StorageProvider Storage { get; set; } = new() { Provider = "sqlite" };

    public StorageProvider Media { get; set; } = new() { Provider = "files" };

    /// <summary>The data folder as a full path, before the options are built; a relative one is resolved from the current folder.</summary>
    public static string DataFolder(IConfiguration settings) =>
        Path.GetFullPath(settings[DataKey] is { Length: > 0 } folder ? folder : new StorageOptions().Data);

    public IEnumerable<string> Problems()
    {
        if (Storage.Provider != "sqlite")
            yield return $"{Section}:Storage:Provider is '{Storage.Provider}'; use sqlite, the only one that this version knows.";
        if (Media.Provider != "files")
            yield return $"{Section}:Media:Provider is '{Media.Provider}'; use files, the only one that this version knows.";
    }
}

/// <summary>Sections <c>Atmosphere:Storage</c> and <c>Atmosphere:Media</c>.</summary>
public sealed class StorageProvider
{
    /// <summary>sqlite for the database, files for images.</summary>
    public string Provider { get; set; } = "";
}

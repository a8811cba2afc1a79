namespace Atmosphere.Recognition.Storage;

/// <summary>Section <c>Atmosphere</c>: where everything is kept.</summary>
public sealed class StorageOptions
{
    public const string Section = "Atmosphere";

    /// <summary>Folder of the database and the images, made where it is missing; default ./data, from where the program is started.</summary>
    public string Data { get; set; } = "./data";

    public StorageProvider Storage { get; set; } = new() { Provider = "sqlite" };

    public StorageProvider Media { get; set; } = new() { Provider = "files" };

    /// <summary>The sentences about settings that cannot work; none when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(Data))
            yield return $"{Section}:Data is empty; name a folder (the default is ./data).";
        if (Storage.Provider != "sqlite")
            yield return $"{Section}:Storage:Provider is {Storage.Provider}; this version knows sqlite.";
        if (Media.Provider != "files")
            yield return $"{Section}:Media:Provider is {Media.Provider}; this version knows files.";
    }
}

/// <summary>Sections <c>Atmosphere:Storage</c> and <c>Atmosphere:Media</c>.</summary>
public sealed class StorageProvider
{
    /// <summary>sqlite for the database, files for images.</summary>
    public string Provider { get; set; } = "";
}

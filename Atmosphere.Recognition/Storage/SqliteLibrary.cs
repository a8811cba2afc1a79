using SQLitePCL;

namespace Atmosphere.Recognition.Storage;

/// <summary>Loads the SQLite library shipped with the program.</summary>
public static class SqliteLibrary
{
    private static readonly Lazy<string> Version = new(() =>
    {
        Batteries_V2.Init();
        return raw.sqlite3_libversion().utf8_to_string();
    });

    /// <summary>Loads the library once; later calls do nothing.</summary>
    /// <returns>Its version, such as "3.53.4".</returns>
    public static string Use() => Version.Value;
}

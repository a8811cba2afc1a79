using System.Runtime.InteropServices;
using SQLitePCL;

namespace Atmosphere.Recognition.Storage;

/// <summary>Chooses the SQLite library: the system's where there is one, because it is patched by the system; else the bundled one.</summary>
public static class SqliteLibrary
{
    private static readonly string[] SystemNames = OperatingSystem.IsMacOS()
        ? ["/usr/lib/libsqlite3.dylib"]
        : ["libsqlite3.so.0", "libsqlite3.so"];

    private static readonly Lazy<string> Chosen = new(Choose);

    /// <summary>Chooses once; later calls do nothing.</summary>
    /// <returns>The library in use and its version, such as "system libsqlite3.so.0, SQLite 3.40.1".</returns>
    public static string Use() => Chosen.Value;

    private static string Choose()
    {
        var found = "bundled e_sqlite3";
        var handle = IntPtr.Zero;
        foreach (var name in SystemNames)
        {
            if (!NativeLibrary.TryLoad(name, out handle))
                continue;
            found = $"system {Path.GetFileName(name)}";
            break;
        }

        if (handle != IntPtr.Zero)
        {
            NativeLibrary.SetDllImportResolver(
                typeof(SQLite3Provider_e_sqlite3).Assembly,
                (library, _, _) => library == "e_sqlite3" ? handle : IntPtr.Zero);
        }

        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return $"{found}, SQLite {raw.sqlite3_libversion().utf8_to_string()}";
    }
}

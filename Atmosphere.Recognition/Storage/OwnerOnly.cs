using System.Runtime.InteropServices;

namespace Atmosphere.Recognition.Storage;

/// <summary>What this program writes is for the user it runs as, and for nobody else on the machine.</summary>
public static partial class OwnerOnly
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>New files of this process get 0600, new folders 0700. Windows has the access lists of the user's own folder instead.</summary>
    public static void Begin()
    {
        if (!OperatingSystem.IsWindows())
            _ = Umask((uint)Others);
    }

    /// <summary>Whether others on this machine may read, write or enter it.</summary>
    public static bool IsOpen(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;

    /// <summary>Shuts a folder for others. Where it belongs to somebody else, it stays as they want it: doctor says so.</summary>
    internal static void Shut(string folder)
    {
        if (OperatingSystem.IsWindows() || !IsOpen(folder))
            return;
        try
        {
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) & ~Others);
        }
        catch (UnauthorizedAccessException)
        {
            // Said by doctor.
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint Umask(uint mask);
}

using System.Runtime.InteropServices;

namespace Atmosphere.Recognition.Storage;

/// <summary>Restricts the program's files to the user that it runs as.</summary>
public static partial class OwnerOnly
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Gives new files mode 0600 and new folders 0700. On Windows the access list of the user's folder applies instead.</summary>
    public static void Begin()
    {
        if (!OperatingSystem.IsWindows())
            _ = Umask((uint)Others);
    }

    /// <summary>Whether other users of this machine have any access.</summary>
    public static bool IsOpen(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;

    /// <summary>Closes a folder to other users. A folder of another owner is left unchanged; doctor reports it.</summary>
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
            // Reported by doctor.
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint Umask(uint mask);
}

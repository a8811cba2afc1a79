using System.Runtime.InteropServices;

namespace Atmosphere.Recognition.Storage.Media;

/// <summary>Flushes a folder, so that a rename in it survives a power cut; .NET has no call for that.</summary>
internal static partial class DurableFolder
{
    public static void Flush(string folder)
    {
        // Windows opens no folder as a file; NTFS writes renames to its journal.
        if (OperatingSystem.IsWindows())
            return;
        var handle = Open(folder, 0);
        if (handle < 0)
            throw new IOException($"The folder {folder} cannot be opened (error {Marshal.GetLastPInvokeError()}).");
        var flushed = Sync(handle);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(handle);
        if (flushed != 0)
            throw new IOException($"The folder {folder} cannot be flushed to the disk (error {error}).", error);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}

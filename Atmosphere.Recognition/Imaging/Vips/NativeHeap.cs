using System.Runtime.InteropServices;

namespace Atmosphere.Recognition.Imaging.Vips;

/// <summary>Configures how the C library's heap keeps memory that native code frees.</summary>
internal static class NativeHeap
{
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;
    private const int Bytes = 128 * 1024;

    /// <summary>
    /// Makes glibc return large blocks to the system when they are freed. By default glibc raises its threshold with every large block
    /// freed, up to 32 MB, and then keeps holes the size of photos. Does nothing on other systems.
    /// </summary>
    public static void ReturnLargeBlocks()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libc.so.6", out var library)
            || !NativeLibrary.TryGetExport(library, "mallopt", out var address))
        {
            return;
        }

        unsafe
        {
            var mallopt = (delegate* unmanaged[Cdecl]<int, int, int>)address;
            _ = mallopt(MmapThreshold, Bytes);
            _ = mallopt(TrimThreshold, Bytes);
        }
    }
}

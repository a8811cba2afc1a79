using System.Runtime.InteropServices;
using NetVips;

namespace Atmosphere.Recognition.Imaging.Vips;

/// <summary>The few functions of libvips and GLib that NetVips lacks or makes slower.</summary>
internal static unsafe class NativeCalls
{
    private const int UnsignedByte = 0;

    private static readonly nint Library = NativeLibrary.Load(
        OperatingSystem.IsWindows() ? "libvips-42.dll" : OperatingSystem.IsMacOS() ? "libvips.42.dylib" : "libvips.so.42",
        typeof(Image).Assembly,
        null);

    private static readonly delegate* unmanaged<void*, nuint, int, int, int, int, nint> ImageFromMemory =
        (delegate* unmanaged<void*, nuint, int, int, int, int, nint>)Export("vips_image_new_from_memory");

    private static readonly delegate* unmanaged<nint, nint, int> ImageWrite = (delegate* unmanaged<nint, nint, int>)Export("vips_image_write");

    private static readonly delegate* unmanaged<nint, void> Unref = (delegate* unmanaged<nint, void>)Export("g_object_unref");

    /// <summary>
    /// Computes 8-bit pixels directly into memory of Width * Height * Bands bytes. NetVips would copy the result, or report the memory to
    /// the garbage collector, which then runs after every photo.
    /// </summary>
    public static void WriteTo(this Image image, byte* target)
    {
        var size = (nuint)image.Width * (nuint)image.Height * (nuint)image.Bands;
        var written = ImageFromMemory(target, size, image.Width, image.Height, image.Bands, UnsignedByte);
        if (written == 0)
            throw new VipsException("unable to write to memory");
        try
        {
            if (ImageWrite(image.DangerousGetHandle(), written) != 0)
                throw new VipsException("unable to compute the picture");
        }
        finally
        {
            Unref(written);
            GC.KeepAlive(image);
        }
    }

    /// <summary>Redirects the log output of GLib, libvips and Pango from the console to a handler.</summary>
    /// <param name="handler">Arguments: domain, level, message, unused.</param>
    public static void ListenToLog(delegate* unmanaged<byte*, int, byte*, nint, void> handler) =>
        _ = ((delegate* unmanaged<delegate* unmanaged<byte*, int, byte*, nint, void>, nint, nint>)Export("g_log_set_default_handler"))(handler, 0);

    /// <summary>Sets an environment variable for native code: on Unix .NET's own call does not reach it.</summary>
    public static void SetVariable(string name, string value)
    {
        var (nameBytes, valueBytes) = (Marshal.StringToCoTaskMemUTF8(name), Marshal.StringToCoTaskMemUTF8(value));
        _ = ((delegate* unmanaged<nint, nint, int, int>)Export("g_setenv"))(nameBytes, valueBytes, 1);
        Marshal.FreeCoTaskMem(nameBytes);
        Marshal.FreeCoTaskMem(valueBytes);
    }

    private static nint Export(string name) => NativeLibrary.GetExport(Library, name);
}

using System.Runtime.InteropServices;

namespace Atmosphere.Recognition.Imaging.Vips;

/// <summary>libvips, loaded and set up once per process. Safe to use from several threads.</summary>
internal sealed unsafe class VipsLibrary
{
    private static readonly Lock Gate = new();
    private static VipsLibrary? s_loaded;

    private VipsLibrary(string path, VipsApi api)
    {
        Path = path;
        Api = api;
        Version = Marshal.PtrToStringUTF8((nint)api.vips_version_string())!;
    }

    public string Path { get; }

    public string Version { get; }

    public VipsApi Api { get; }

    /// <param name="path">The shared library, or null for the one beside the program.</param>
    /// <exception cref="DllNotFoundException">The library is missing, or cannot be loaded on this machine.</exception>
    /// <exception cref="InvalidOperationException">Another libvips is loaded already: a process holds only one.</exception>
    public static VipsLibrary Load(string? path)
    {
        var full = System.IO.Path.GetFullPath(path ?? BesideTheProgram);
        lock (Gate)
        {
            s_loaded ??= Open(full);
            if (s_loaded.Path != full)
            {
                throw new InvalidOperationException(
                    $"libvips is loaded from {s_loaded.Path} already, so {full} cannot be loaded too. Use one Atmosphere:Imaging:LibraryPath.");
            }

            return s_loaded;
        }
    }

    private static string BesideTheProgram => System.IO.Path.Combine(
        AppContext.BaseDirectory,
        OperatingSystem.IsWindows() ? "libvips-42.dll" : OperatingSystem.IsMacOS() ? "libvips.42.dylib" : "libvips.so.42");

    private static VipsLibrary Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new DllNotFoundException(
                $"libvips was not found at {path}. Build again (the build restores it), or name your own in Atmosphere:Imaging:LibraryPath.");
        }

        VipsApi api;
        try
        {
            NativeHeap.ReturnLargeBlocks();
            api = new VipsApi(NativeLibrary.Load(path));
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new DllNotFoundException(
                $"{path} could not be loaded as libvips 8.15 or newer. Build again on this machine, or set Atmosphere:Imaging:LibraryPath.", error);
        }

        VipsLog.Listen(api);
        fixed (byte* name = "atmosphere"u8)
        {
            if (api.vips_init(name) != 0)
                throw new DllNotFoundException($"{path} did not start: {VipsException.TakeMessage(api)}");
        }

        // Photos are worked on in parallel by the callers; inside one photo, threads and a cache of operations only hold memory.
        api.vips_concurrency_set(1);
        api.vips_cache_set_max(0);
        api.vips_block_untrusted_set(1);
        return new VipsLibrary(path, api);
    }
}

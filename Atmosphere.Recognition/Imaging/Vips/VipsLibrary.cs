using NetVips;

namespace Atmosphere.Recognition.Imaging.Vips;

/// <summary>Loads and configures libvips once per process. Safe to use from several threads.</summary>
internal static class VipsLibrary
{
    private static readonly Lazy<string> Version = new(SetUp);

    /// <summary>Loads the library shipped with the program; later calls do nothing.</summary>
    /// <returns>Its version, such as "8.18.7".</returns>
    /// <exception cref="DllNotFoundException">The library is missing or cannot be loaded on this machine.</exception>
    public static string Use() => Version.Value;

    private static string SetUp()
    {
        NativeHeap.ReturnLargeBlocks();
        if (!ModuleInitializer.VipsInitialized)
            throw new DllNotFoundException("libvips could not be loaded. Build again on this machine: the build restores it.", ModuleInitializer.Exception);

        VipsLog.Listen();

        // Uses only the fonts shipped with the program: pictures look the same on every machine, and a machine without fonts causes no
        // warning.
        NativeCalls.SetVariable("FONTCONFIG_FILE", Path.Combine(AppContext.BaseDirectory, "fonts", "fonts.conf"));

        // Callers process photos in parallel. Threads and an operation cache within one photo would only hold memory.
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
        NetVips.NetVips.BlockUntrusted = true;
        return string.Join('.', Enumerable.Range(0, 3).Select(part => NetVips.NetVips.Version(part)));
    }
}

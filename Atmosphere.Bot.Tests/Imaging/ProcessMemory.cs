using System.Globalization;

namespace Atmosphere.Bot.Tests.Imaging;

/// <summary>What the kernel says about this process; Linux only.</summary>
internal static class ProcessMemory
{
    /// <summary>Bytes in memory now, after the garbage is gone.</summary>
    public static long Resident()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return Status("VmRSS");
    }

    /// <summary>How many bytes more than before the process had at the worst moment of some work.</summary>
    public static long Peak(Action work)
    {
        var before = Resident();
        try
        {
            // 5 means: start the high-water mark anew (proc(5)).
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            Assert.Skip($"This machine does not let a process reset its peak memory: {error.Message}");
        }

        work();
        return Status("VmHWM") - before;
    }

    public static void SkipUnlessLinux() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Peak memory is read from /proc, which only Linux has.");

    private static long Status(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith(name + ":", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }
}

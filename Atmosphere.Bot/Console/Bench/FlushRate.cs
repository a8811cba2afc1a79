using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Atmosphere.Bot.Console.Bench;

/// <summary>Measures how many page flushes per second the disk can do.</summary>
internal static class FlushRate
{
    private const int Page = 4096;
    private const int Pages = 256;

    /// <param name="folder">A folder on the disk.</param>
    /// <param name="duration">Length of the measurement.</param>
    /// <returns>Flushes per second at the median duration, so that stalls caused by other programs do not count.</returns>
    public static double Measure(string folder, TimeSpan duration)
    {
        var bytes = new byte[Page];
        using var file = new FileStream(Path.Combine(folder, "flush-rate"), FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.DeleteOnClose);

        // Write the file once first: a reused log has its space on the disk already.
        file.Write(new byte[Page * Pages]);
        file.Flush(flushToDisk: true);
        var start = Stopwatch.GetTimestamp();
        var flushes = new List<TimeSpan>();
        do
        {
            var begun = Stopwatch.GetTimestamp();
            file.Position = flushes.Count % Pages * Page;
            file.Write(bytes);
            Flush(file);
            flushes.Add(Stopwatch.GetElapsedTime(begun));
        }
        while (Stopwatch.GetElapsedTime(start) < duration);
        return 1 / flushes.Order().ElementAt(flushes.Count / 2).TotalSeconds;
    }

    /// <summary>Flushes as the database does: on Linux without file times, which would cost another journal entry.</summary>
    private static void Flush(FileStream file)
    {
        if (!OperatingSystem.IsLinux())
            file.Flush(flushToDisk: true);
        else if (FlushData(file.SafeFileHandle) != 0)
            throw new IOException($"The file {file.Name} cannot be flushed to the disk (error {Marshal.GetLastPInvokeError()}).");
    }

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FlushData(SafeFileHandle file);
}

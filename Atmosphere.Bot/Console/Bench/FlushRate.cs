using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Atmosphere.Bot.Console.Bench;

/// <summary>What the disk can do: how often a second a written page reaches it.</summary>
internal static class FlushRate
{
    private const int Page = 4096;
    private const int Pages = 256;

    /// <param name="folder">On the disk to measure.</param>
    /// <param name="duration">For how long.</param>
    /// <returns>Flushes a second, one after the other, each as long as the median one: a stall of somebody else's does not count.</returns>
    public static double Measure(string folder, TimeSpan duration)
    {
        var bytes = new byte[Page];
        using var file = new FileStream(Path.Combine(folder, "flush-rate"), FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.DeleteOnClose);

        // Written once before: a log that is used again has its place on the disk already.
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

    /// <summary>As the database's log is flushed: on Linux without the file's times, which cost the file system a journal entry more.</summary>
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

using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Atmosphere.Recognition.Imaging.Vips;

/// <summary>Keeps the newest hundred log lines of GLib, libvips and Pango instead of printing them on the console.</summary>
internal static unsafe class VipsLog
{
    private const int MostKept = 100;

    private static readonly ConcurrentQueue<VipsLogLine> Newest = new();

    public static IReadOnlyCollection<VipsLogLine> Lines => Newest.ToArray();

    public static void Listen() => NativeCalls.ListenToLog(&Keep);

    [UnmanagedCallersOnly]
    private static void Keep(byte* domain, int level, byte* message, nint state)
    {
        Newest.Enqueue(new VipsLogLine(Text(domain), Text(message)));
        if (Newest.Count > MostKept)
            _ = Newest.TryDequeue(out _);
    }

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}

/// <param name="Domain">The source: "GLib-GObject" indicates a bug in this program, "VIPS" usually an unusual photo.</param>
/// <param name="Message">The log message.</param>
internal sealed record VipsLogLine(string Domain, string Message);

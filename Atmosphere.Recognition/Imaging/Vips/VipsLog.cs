using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Atmosphere.Recognition.Imaging.Vips;

/// <summary>What GLib, libvips and Pango would print on the console: kept instead, the newest hundred lines.</summary>
internal static unsafe class VipsLog
{
    private const int Kept = 100;

    private static readonly ConcurrentQueue<VipsLogLine> Newest = new();

    public static IReadOnlyCollection<VipsLogLine> Lines => Newest.ToArray();

    public static void Listen() => NativeCalls.ListenToLog(&Keep);

    [UnmanagedCallersOnly]
    private static void Keep(byte* domain, int level, byte* message, nint state)
    {
        Newest.Enqueue(new VipsLogLine(Text(domain), Text(message)));
        if (Newest.Count > Kept)
            _ = Newest.TryDequeue(out _);
    }

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}

/// <param name="Domain">Who complains: "GLib-GObject" is a mistake of this program, "VIPS" is usually a strange photo.</param>
/// <param name="Message">The complaint.</param>
internal sealed record VipsLogLine(string Domain, string Message);

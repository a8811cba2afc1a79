using System.Diagnostics;
using System.Security.Cryptography;

namespace Atmosphere.Bot.Tests.Fixtures;

/// <summary>How slow this machine is, with all that runs on it: 1 is two quiet cores of 2026, 10 takes ten times as long.</summary>
internal static class Speed
{
    private const int Megabytes = 64;

    /// <summary>What one quiet core takes to hash that much.</summary>
    private static readonly TimeSpan _quiet = TimeSpan.FromMilliseconds(50);
    private static readonly byte[] _megabyte = new byte[1 << 20];
    private static readonly Lazy<double> _atStart = new(Measure);

    /// <summary>A limit for a quiet machine, stretched to what is fair on this one.</summary>
    public static TimeSpan Stretch(TimeSpan quiet) => quiet * _atStart.Value;

    /// <summary>The same, where the machine may have become slower since the start of the run.</summary>
    public static TimeSpan StretchNow(TimeSpan quiet) => quiet * Math.Max(_atStart.Value, Measure());

    /// <summary>Keeps every core busy at once: a core that others use too takes longer.</summary>
    private static double Measure()
    {
        var watch = Stopwatch.StartNew();
        var cores = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Hash)).ToList();
        cores.ForEach(core => core.Start());
        cores.ForEach(core => core.Join());
        return Math.Max(1, watch.Elapsed / _quiet);
    }

    private static void Hash()
    {
        for (var i = 0; i < Megabytes; i++)
            _ = SHA256.HashData(_megabyte);
    }
}

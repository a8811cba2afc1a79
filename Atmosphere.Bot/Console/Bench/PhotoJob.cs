using System.Diagnostics;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Console.Bench;

/// <summary>Runs the whole job from file to names and times its stages. Each thread works on its own photos.</summary>
internal sealed class PhotoJob(PhotoDecoder decoder, IFaceEngine engine, FaceNaming naming, IReadOnlyList<string> photos, DetectionPlan plan)
{
    private const int Persons = 30;
    private const int SteadyAfter = 100;

    private readonly List<(PersonId User, Embedding Face)> _persons = [];
    private long _decoding, _detecting, _embedding, _naming, _faces;

    /// <summary>Runs over some photos first, to compile code, grow buffers and enrol persons.</summary>
    public async Task WarmUpAsync(CancellationToken cancellation)
    {
        foreach (var photo in photos.Take(8))
        {
            foreach (var face in await DescribeAsync(photo, cancellation))
                _persons.Add((PersonId.New(), face.Embedding));
        }

        _persons.RemoveRange(Math.Min(Persons, _persons.Count), Math.Max(_persons.Count - Persons, 0));
    }

    /// <param name="count">Number of photos, cycling through the samples.</param>
    /// <param name="workers">Number of concurrent photos.</param>
    /// <param name="progress">Number of finished photos.</param>
    /// <param name="cancellation">Stops between photos.</param>
    public async Task<PhotoJobTimes> RunAsync(int count, int workers, IProgress<int> progress, CancellationToken cancellation)
    {
        (_decoding, _detecting, _embedding, _naming, _faces) = (0, 0, 0, 0, 0);
        var clock = engine as IInferenceClock;
        var (before, started) = (clock?.Inference, Stopwatch.GetTimestamp());
        var (done, steady, peak) = (0, 0L, 0L);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellation },
            async (i, stop) =>
            {
                await RecogniseAsync(photos[i % photos.Count], stop);
                var finished = Interlocked.Increment(ref done);
                var memory = Environment.WorkingSet;
                lock (_persons)
                {
                    peak = Math.Max(peak, memory);
                    steady = finished <= SteadyAfter ? Math.Max(steady, memory) : steady;
                }

                progress.Report(finished);
            });
        return new PhotoJobTimes(
            count, (int)_faces, workers, Stopwatch.GetElapsedTime(started), Time(_decoding), Time(_detecting), Time(_embedding), Time(_naming),
            before is null ? null : clock!.Inference - before, steady, peak);
    }

    /// <summary>The processor's time for one photo, while nothing else is done in this process.</summary>
    public async Task<TimeSpan> WorkAsync(string photo, CancellationToken cancellation)
    {
        var before = Environment.CpuUsage.TotalTime;
        await RecogniseAsync(photo, cancellation);
        return Environment.CpuUsage.TotalTime - before;
    }

    private async Task RecogniseAsync(string photo, CancellationToken cancellation)
    {
        var faces = await DescribeAsync(photo, cancellation);
        var started = Stopwatch.GetTimestamp();
        _ = PhotoFaces.WithoutDoubles([.. faces.Select(face => naming.Decide(
            GroupKind.Children,
            [.. _persons.Select(person => (person.User, face.Embedding.DistanceTo(person.Face))).OrderBy(match => match.Item2)]))]);
        Interlocked.Add(ref _faces, faces.Count);
        Add(ref _naming, started);
    }

    private async Task<IReadOnlyList<FaceDescription>> DescribeAsync(string photo, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var pixels = decoder.Decode(await File.ReadAllBytesAsync(photo, cancellation), photo);
        started = Add(ref _decoding, started);
        var faces = await engine.DetectAsync(pixels, plan, cancellation);
        started = Add(ref _detecting, started);
        var described = await engine.EmbedAsync(pixels, faces, cancellation);
        _ = Add(ref _embedding, started);
        return described;
    }

    private static long Add(ref long stage, long started)
    {
        var now = Stopwatch.GetTimestamp();
        Interlocked.Add(ref stage, now - started);
        return now;
    }

    private static TimeSpan Time(long ticks) => Stopwatch.GetElapsedTime(0, ticks);
}

/// <param name="Photos">Number of photos.</param>
/// <param name="Faces">Faces in them.</param>
/// <param name="Workers">Number of concurrent photos.</param>
/// <param name="Elapsed">Wall-clock time.</param>
/// <param name="Decoding">File to pixels; like all stages, the sum over all workers.</param>
/// <param name="Detecting">Boxes, landmarks, quality.</param>
/// <param name="Embedding">Vectors.</param>
/// <param name="Naming">Names.</param>
/// <param name="Inference">The part of it inside the networks; null if the engine does not measure it.</param>
/// <param name="SteadyMemory">Maximum resident bytes up to the hundredth photo.</param>
/// <param name="PeakMemory">Maximum resident bytes of the whole run.</param>
internal sealed record PhotoJobTimes(
    int Photos, int Faces, int Workers, TimeSpan Elapsed, TimeSpan Decoding, TimeSpan Detecting, TimeSpan Embedding, TimeSpan Naming,
    InferenceTimes? Inference, long SteadyMemory, long PeakMemory)
{
    public double PhotosPerSecond => Photos / Elapsed.TotalSeconds;

    public TimeSpan Work => Decoding + Detecting + Embedding + Naming;

    /// <summary>How much longer the whole job takes than the networks alone; 0.25 is 25 %.</summary>
    public double? Overhead => Inference is null ? null : (Work / Inference.Total) - 1;
}

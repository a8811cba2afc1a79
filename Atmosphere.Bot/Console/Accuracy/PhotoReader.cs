using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Console.Accuracy;

/// <summary>Reads photos and describes their faces, as many at a time as the engine works on.</summary>
internal sealed class PhotoReader(IFaceEngine engine, PhotoDecoder decoder, Terminal terminal)
{
    /// <summary>Every face of the photo.</summary>
    public async Task<IReadOnlyList<FaceDescription>> FacesAsync(string path, DetectionPlan plan, CancellationToken cancellation)
    {
        var (pixels, faces) = await DetectAsync(path, plan, cancellation);
        return await engine.EmbedAsync(pixels, faces, cancellation);
    }

    /// <summary>Every face of the photo after it was turned.</summary>
    public async Task<(TurnedPhoto Photo, IReadOnlyList<FaceDescription> Faces)> TurnedAsync(string path, int degrees, CancellationToken cancellation)
    {
        var turned = new TurnedPhoto(decoder.Decode(await File.ReadAllBytesAsync(path, cancellation), Path.GetFileName(path)), degrees);
        var faces = await engine.DetectAsync(turned.Pixels, DetectionPlan.Thorough, cancellation);
        return (turned, await engine.EmbedAsync(turned.Pixels, faces, cancellation));
    }

    /// <summary>The face that the photo is about; null where there is none.</summary>
    public async Task<FaceDescription?> SubjectAsync(string path, DetectionPlan plan, CancellationToken cancellation)
    {
        var (pixels, faces) = await DetectAsync(path, plan, cancellation);
        return Portraits.Subject(faces, pixels) is { } subject ? (await engine.EmbedAsync(pixels, [subject], cancellation))[0] : null;
    }

    /// <summary>Reads all of them; results in the order of the keys.</summary>
    public async Task<TResult[]> AllAsync<TKey, TResult>(
        string title, IReadOnlyList<TKey> keys, Func<TKey, CancellationToken, Task<TResult>> read, CancellationToken cancellation)
    {
        var results = new TResult[keys.Count];
        var finished = 0;
        await terminal.ProgressAsync(title, keys.Count, progress => Parallel.ForEachAsync(
            Enumerable.Range(0, keys.Count), cancellation, async (i, stop) =>
            {
                results[i] = await read(keys[i], stop);
                progress.Report(Interlocked.Increment(ref finished));
            }));
        return results;
    }

    private async Task<(Pixels Pixels, IReadOnlyList<DetectedFace> Faces)> DetectAsync(
        string path, DetectionPlan plan, CancellationToken cancellation)
    {
        var pixels = decoder.Decode(await File.ReadAllBytesAsync(path, cancellation), Path.GetFileName(path));
        return (pixels, await engine.DetectAsync(pixels, plan, cancellation));
    }
}

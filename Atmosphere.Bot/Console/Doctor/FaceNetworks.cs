using System.Diagnostics;
using System.Globalization;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Console.Doctor;

/// <summary>Checks that the networks are installed and detect a face in a sample.</summary>
internal static class FaceNetworks
{
    private const string Sample = "sample1.jpg";

    public static string Present(FaceModelReport report) => $"{string.Join(", ", report.Networks())}; converted in {report.Cache}";

    public static async Task<string> SeeAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "face-api", Sample);
        if (!File.Exists(file))
            throw new VerbException($"{file} is missing. Build the program again: the build restores it with npm.");

        var engine = services.GetRequiredService<IFaceEngine>();
        var photo = services.GetRequiredService<PhotoDecoder>().Decode(await File.ReadAllBytesAsync(file, cancellation), Sample);
        var began = Stopwatch.GetTimestamp();
        var faces = await engine.DetectAsync(photo, DetectionPlan.Fast, cancellation);
        await engine.EmbedAsync(photo, faces, cancellation);
        if (faces.Count == 0)
            throw new VerbException($"no face was found in {Sample}, which shows some. Delete the converted networks (see above); they are made again.");

        var time = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return string.Create(CultureInfo.InvariantCulture, $"model {engine.Model[..8]} found and described {faces.Count} faces of {Sample} in {time:0} ms");
    }
}

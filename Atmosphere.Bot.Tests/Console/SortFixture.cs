using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Imaging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Console;

/// <summary>
/// People and photos made of the sample photos: the person "anna" is the leftmost face of sample2.jpg, cut out.
/// </summary>
internal sealed class SortFixture : IDisposable
{
    public const string Person = "anna";
    public const string WithPerson = "sample2.jpg";

    private readonly TemporaryFolder _folder = new();

    public string People => _folder["people"];

    public string Photos => _folder["photos"];

    public string Out => _folder["out"];

    public string Json => _folder["result", "sorted.json"];

    public string Folder => _folder.Path;

    public string[] Arguments =>
        ["sort", "--people", People, "--photos", Photos, "--out", Out, "--json", Json, "--data", _folder["data"], "--fast"];

    public Task<CommandLineRun> SortAsync(params string[] more) => CommandLineRun.OfAsync([.. Arguments, .. more]);

    public string[] JsonLines() => File.ReadAllLines(Json);

    /// <summary>Files below --out, with / between folder and name.</summary>
    public string[] Sorted() => Directory.Exists(Out)
        ? [.. Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Out, file).Replace('\\', '/')).Order(StringComparer.Ordinal)]
        : [];

    public string AddPhoto(string name, string sample = WithPerson)
    {
        var path = Path.Combine(Photos, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(Path.Combine(SharedPhotos.Samples, sample), path, overwrite: true);
        return path;
    }

    /// <param name="name">Name of the person's folder.</param>
    /// <param name="face">Which face of the sample, from the left.</param>
    public async Task AddPersonAsync(string name = Person, int face = 0)
    {
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging().AddImaging().AddOnnxFaces().BuildServiceProvider();
        var bytes = await File.ReadAllBytesAsync(Path.Combine(SharedPhotos.Samples, WithPerson));
        var photo = services.GetRequiredService<PhotoDecoder>().Decode(bytes, WithPerson);
        var faces = await services.GetRequiredService<IFaceEngine>().DetectAsync(photo, DetectionPlan.Fast, default);
        var box = faces[face].Box;
        var portrait = photo.Crop(new Box(box.X - (box.Width / 2), box.Y - (box.Height / 2), box.Width * 2, box.Height * 2));
        Directory.CreateDirectory(Path.Combine(People, name));
        var jpeg = services.GetRequiredService<PhotoEncoder>().EncodeJpeg(portrait, quality: 95);
        await File.WriteAllBytesAsync(Path.Combine(People, name, "portrait.jpg"), jpeg);
    }

    public void Dispose() => _folder.Dispose();
}

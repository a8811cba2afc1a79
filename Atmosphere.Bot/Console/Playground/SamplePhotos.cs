using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Console.Playground;

/// <summary>The sample photos that came with the face networks.</summary>
internal sealed class SamplePhotos(PhotoDecoder decoder, PhotoEncoder encoder)
{
    private readonly Dictionary<string, string> _files = Directory.Exists(Folder)
        ? Directory.GetFiles(Folder, "sample*.jpg").Order(StringComparer.Ordinal).ToDictionary(path => Path.GetFileName(path))
        : [];

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "face-api");

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/playground/samples", () => _files.Keys.Select(name =>
            new Sample(name, Url: $"playground/samples/{name}", Thumbnail: $"playground/samples/small/{name}")));
        routes.MapGet("/playground/samples/{name}", IResult (string name) =>
            _files.TryGetValue(name, out var file) ? TypedResults.PhysicalFile(file, "image/jpeg") : TypedResults.NotFound());
        routes.MapGet("/playground/samples/small/{name}", async Task<IResult> (string name, HttpContext http, CancellationToken cancellation) =>
        {
            if (!_files.TryGetValue(name, out var file))
                return TypedResults.NotFound();
            http.Response.Headers.CacheControl = "max-age=86400";
            var pixels = decoder.Decode(await File.ReadAllBytesAsync(file, cancellation), name, maxSide: 160);
            return TypedResults.Bytes(encoder.EncodeJpeg(pixels, quality: 80), "image/jpeg");
        });
    }

    internal sealed record Sample(string Name, string Url, string Thumbnail);
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Tests.Fixtures;

/// <summary>The real engine, which looks at each picture once: the same pixels have the same faces, and tests show the same few photos again and again.</summary>
internal sealed class RememberingEngine(IFaceEngine real) : IFaceEngine
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<DetectedFace>> _detected = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<FaceDescription>> _described = new();

    public string Model => real.Model;

    public async Task<IReadOnlyList<DetectedFace>> DetectAsync(Pixels photo, DetectionPlan plan, CancellationToken cancellation)
    {
        var key = $"{HashOf(photo)} {plan}";
        return _detected.TryGetValue(key, out var known) ? known : _detected[key] = await real.DetectAsync(photo, plan, cancellation);
    }

    public async Task<IReadOnlyList<FaceDescription>> EmbedAsync(Pixels photo, IReadOnlyList<DetectedFace> faces, CancellationToken cancellation)
    {
        var key = $"{HashOf(photo)} {string.Join(' ', faces.Select(face => $"{face.Box} {face.Score} {face.Quality} {string.Join(' ', face.Landmarks)}"))}";
        return _described.TryGetValue(key, out var known) ? known : _described[key] = await real.EmbedAsync(photo, faces, cancellation);
    }

    private static string HashOf(Pixels photo) => $"{photo.Width} {Convert.ToHexStringLower(SHA256.HashData(photo.Rgb))}";
}

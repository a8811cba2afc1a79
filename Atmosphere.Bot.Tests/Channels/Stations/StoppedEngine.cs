using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Tests.Channels.Stations;

/// <summary>A recogniser that is given photos and never finishes one.</summary>
internal sealed class StoppedEngine : IFaceEngine
{
    public string Model => "stopped";

    public async Task<IReadOnlyList<DetectedFace>> DetectAsync(Pixels photo, DetectionPlan plan, CancellationToken cancellation)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        return [];
    }

    public Task<IReadOnlyList<FaceDescription>> EmbedAsync(Pixels photo, IReadOnlyList<DetectedFace> faces, CancellationToken cancellation) =>
        throw new NotSupportedException("It never finds a face.");
}

using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Recognition.Faces;

/// <summary>Finds faces and describes them. Safe to call from several threads; no call keeps a photo.</summary>
public interface IFaceEngine
{
    /// <summary>Hash of the network that makes the vectors. Vectors of another model must not be mixed with them.</summary>
    string Model { get; }

    /// <summary>Every face of the photo, left to right.</summary>
    Task<IReadOnlyList<DetectedFace>> DetectAsync(Pixels photo, DetectionPlan plan, CancellationToken cancellation);

    /// <summary>One description a face, in the order of <paramref name="faces"/>.</summary>
    Task<IReadOnlyList<FaceDescription>> EmbedAsync(Pixels photo, IReadOnlyList<DetectedFace> faces, CancellationToken cancellation);
}

/// <summary>How hard to look.</summary>
public enum DetectionPlan
{
    /// <summary>One pass over the photo.</summary>
    Fast,

    /// <summary>Further passes for small faces and for near ones, when they can pay.</summary>
    Thorough,

    /// <summary>A photo to learn one person from: always looks for the face that fills the picture.</summary>
    Portrait,
}

/// <param name="Box">Where the face is, in pixels of the upright photo.</param>
/// <param name="Score">How sure the detector is, 0..1.</param>
/// <param name="Landmarks">The 68 points of the iBUG 300-W scheme, in pixels of the upright photo.</param>
/// <param name="Quality">Whether the face is good enough to learn from and to recognise.</param>
public sealed record DetectedFace(Box Box, float Score, IReadOnlyList<Point> Landmarks, FaceQuality Quality);

/// <param name="Face">The face that is described.</param>
/// <param name="Embedding">Its vector.</param>
/// <param name="MirrorDistance">Distance between the face and its mirror image; large where the engine is unsure, 0..2.</param>
public sealed record FaceDescription(DetectedFace Face, Embedding Embedding, float MirrorDistance);

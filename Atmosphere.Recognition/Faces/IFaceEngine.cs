using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Recognition.Faces;

/// <summary>Detects faces and computes their embeddings. Safe to call from several threads; no call keeps a photo.</summary>
public interface IFaceEngine
{
    /// <summary>Hash of the network that computes the vectors. Vectors of different models must not be compared.</summary>
    string Model { get; }

    /// <summary>All faces of the photo, left to right.</summary>
    Task<IReadOnlyList<DetectedFace>> DetectAsync(Pixels photo, DetectionPlan plan, CancellationToken cancellation);

    /// <summary>One embedding per face, in the order of <paramref name="faces"/>.</summary>
    Task<IReadOnlyList<FaceDescription>> EmbedAsync(Pixels photo, IReadOnlyList<DetectedFace> faces, CancellationToken cancellation);
}

/// <summary>How thoroughly to search a photo.</summary>
public enum DetectionPlan
{
    /// <summary>One pass over the photo.</summary>
    Fast,

    /// <summary>Further passes for small faces and for large ones, if they can find more.</summary>
    Thorough,

    /// <summary>A photo to learn one person from: always searches for a face that fills the picture.</summary>
    Portrait,
}

/// <param name="Box">Position of the face, pixels of the upright photo.</param>
/// <param name="Score">The detector's confidence, 0..1.</param>
/// <param name="Landmarks">The 68 points of the iBUG 300-W scheme, pixels of the upright photo.</param>
/// <param name="Quality">Measurements of how suitable the face is for learning and recognition.</param>
public sealed record DetectedFace(Box Box, float Score, IReadOnlyList<Point> Landmarks, FaceQuality Quality);

/// <param name="Face">The detected face.</param>
/// <param name="Embedding">Its vector.</param>
/// <param name="MirrorDistance">Distance between the face and its mirror image, 0..2; large if the engine is unsure.</param>
public sealed record FaceDescription(DetectedFace Face, Embedding Embedding, float MirrorDistance);

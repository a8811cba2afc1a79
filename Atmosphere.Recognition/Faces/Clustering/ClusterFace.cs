using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces.Clustering;

/// <param name="Face">A face that resembles nobody.</param>
/// <param name="Photo">Where it was seen; nobody is in a photo twice.</param>
/// <param name="Embedding">Made by the engine's present model.</param>
internal sealed record ClusterFace(FaceId Face, PhotoId Photo, Embedding Embedding);

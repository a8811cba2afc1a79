using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces.Clustering;

/// <param name="Face">A face that matches no registered person.</param>
/// <param name="Photo">Its photo; two faces of one photo are different persons.</param>
/// <param name="Embedding">Computed by the engine's current model.</param>
internal sealed record ClusterFace(FaceId Face, PhotoId Photo, Embedding Embedding);

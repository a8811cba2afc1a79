using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces.Clustering;

/// <summary>A face of a photo that resembles no registered person.</summary>
/// <param name="Embedding">Made by the engine's present model.</param>
/// <param name="Quality">By <see cref="QualityRules"/>; what they reject joins no cluster, because its vector says little.</param>
internal sealed record UnknownFace(FaceId Face, Embedding Embedding, FaceVerdict Quality);

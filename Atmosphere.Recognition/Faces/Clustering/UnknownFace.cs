using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces.Clustering;

/// <summary>A face that matches no registered person.</summary>
/// <param name="Embedding">Computed by the engine's current model.</param>
/// <param name="Quality">By <see cref="QualityRules"/>. A rejected face joins no cluster, because its vector is unreliable.</param>
internal sealed record UnknownFace(FaceId Face, Embedding Embedding, FaceVerdict Quality);

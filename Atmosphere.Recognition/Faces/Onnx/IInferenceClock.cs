namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>Measures the time spent inside the networks; the rest of the time is the program's own.</summary>
public interface IInferenceClock
{
    /// <summary>Total since the engine was created, over all threads.</summary>
    InferenceTimes Inference { get; }
}

/// <param name="Detector">Detection, all passes.</param>
/// <param name="Landmarks">Landmarks.</param>
/// <param name="Recogniser">Embeddings.</param>
public sealed record InferenceTimes(TimeSpan Detector, TimeSpan Landmarks, TimeSpan Recogniser)
{
    public TimeSpan Total => Detector + Landmarks + Recogniser;

    public static InferenceTimes operator -(InferenceTimes later, InferenceTimes earlier) =>
        new(later.Detector - earlier.Detector, later.Landmarks - earlier.Landmarks, later.Recogniser - earlier.Recogniser);
}

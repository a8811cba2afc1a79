namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>An engine that knows how long its bare networks worked: what is left of the time is the program's own.</summary>
public interface IInferenceClock
{
    /// <summary>Since the engine was made, of all threads together.</summary>
    InferenceTimes Inference { get; }
}

/// <param name="Detector">Finding faces, all passes.</param>
/// <param name="Landmarks">Finding landmarks.</param>
/// <param name="Recogniser">Describing faces.</param>
public sealed record InferenceTimes(TimeSpan Detector, TimeSpan Landmarks, TimeSpan Recogniser)
{
    public TimeSpan Total => Detector + Landmarks + Recogniser;

    public static InferenceTimes operator -(InferenceTimes later, InferenceTimes earlier) =>
        new(later.Detector - earlier.Detector, later.Landmarks - earlier.Landmarks, later.Recogniser - earlier.Recogniser);
}

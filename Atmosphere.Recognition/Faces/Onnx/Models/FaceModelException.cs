namespace Atmosphere.Recognition.Faces.Onnx.Models;

/// <summary>A face network cannot be used; the message says which and what to do.</summary>
public sealed class FaceModelException(string message, Exception? inner = null) : Exception(message, inner);

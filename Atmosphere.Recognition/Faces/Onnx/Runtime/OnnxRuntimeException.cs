namespace Atmosphere.Recognition.Faces.Onnx.Runtime;

/// <summary>ONNX Runtime refused; the message is its own.</summary>
internal sealed class OnnxRuntimeException(string message) : Exception(message);

namespace Atmosphere.Recognition.Faces.Onnx.Runtime;

/// <summary>What a run returned, in native memory; spans of it die with it.</summary>
internal sealed unsafe class OnnxOutputs(OnnxRuntime runtime, nint[] values) : IDisposable
{
    /// <summary>The values of an output, in the network's order.</summary>
    public ReadOnlySpan<float> this[int output]
    {
        get
        {
            float* data;
            runtime.Check(((delegate* unmanaged<nint, float**, nint>)runtime.Function(51))(values[output], &data));

            nint shape;
            nuint count;
            runtime.Check(((delegate* unmanaged<nint, nint*, nint>)runtime.Function(65))(values[output], &shape));
            try
            {
                runtime.Check(((delegate* unmanaged<nint, nuint*, nint>)runtime.Function(64))(shape, &count));
            }
            finally
            {
                runtime.Release(99, shape);
            }

            return new ReadOnlySpan<float>(data, (int)count);
        }
    }

    public void Dispose()
    {
        foreach (var value in values)
            runtime.Release(96, value);
    }
}

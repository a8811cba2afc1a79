using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace Atmosphere.Recognition.Faces.Onnx.Runtime;

/// <summary>A loaded network. Several threads may run it at once; dispose it only when none does.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;
    private bool _disposed;
    private long _ticks;

    /// <param name="model">The bytes of an ONNX file.</param>
    /// <param name="threads">Threads per run, at least 1.</param>
    /// <exception cref="OnnxRuntimeException">The bytes are not a model that this runtime supports.</exception>
    public OnnxSession(byte[] model, int threads)
    {
        // A memory plan for each photo size would be kept for ever and gains no speed here.
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            EnableMemoryPattern = false,
        };

        // Waiting threads must sleep: spinning pools of several sessions take cores from each other.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(model, options);
    }

    /// <summary>Total time of all runs inside the network, over all threads.</summary>
    public TimeSpan Spent => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _ticks));

    public IReadOnlyList<string> Outputs => _session.OutputNames;

    /// <summary>
    /// Runs the network on its first input. The caller must dispose the result, which frees the native memory of its tensors.
    /// </summary>
    /// <param name="values">At least as many values as the shape has; read in place.</param>
    /// <param name="shape">The input's dimensions.</param>
    /// <returns>Every output, in the network's order.</returns>
    public IDisposableReadOnlyCollection<OrtValue> Run(float[] values, long[] shape)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var count = shape.Aggregate(1L, (product, size) => product * size);
        if (values.Length < count)
            throw new ArgumentException($"The network wants {count} values, not {values.Length}.", nameof(values));

        using var run = new RunOptions();
        using var input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values.AsMemory(0, (int)count), shape);
        var started = Stopwatch.GetTimestamp();
        var outputs = _session.Run(run, [_session.InputNames[0]], [input], _session.OutputNames);
        Interlocked.Add(ref _ticks, Stopwatch.GetTimestamp() - started);
        return outputs;
    }

    public void Dispose()
    {
        _disposed = true;
        _session.Dispose();
    }
}

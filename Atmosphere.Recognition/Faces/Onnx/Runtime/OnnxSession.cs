using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Atmosphere.Recognition.Faces.Onnx.Runtime;

/// <summary>A network ready to run. Several threads may run it at once; disposing frees it and needs that none does.</summary>
internal sealed unsafe class OnnxSession : IDisposable
{
    private const int FloatTensor = 1;
    private const int AllOptimisations = 99;

    private readonly OnnxRuntime _runtime;
    private readonly byte[][] _inputNames;
    private readonly byte[][] _outputNames;
    private nint _session;
    private long _ticks;

    /// <param name="runtime">The loaded library.</param>
    /// <param name="model">An ONNX file's bytes.</param>
    /// <param name="threads">Threads that work on one run, at least 1.</param>
    /// <exception cref="OnnxRuntimeException">The bytes are no model that this runtime understands.</exception>
    public OnnxSession(OnnxRuntime runtime, ReadOnlySpan<byte> model, int threads)
    {
        _runtime = runtime;
        nint options = 0;
        try
        {
            runtime.Check(((delegate* unmanaged<nint*, nint>)runtime.Function(10))(&options));
            runtime.Check(((delegate* unmanaged<nint, int, nint>)runtime.Function(23))(options, AllOptimisations));
            runtime.Check(((delegate* unmanaged<nint, int, nint>)runtime.Function(24))(options, threads));
            runtime.Check(((delegate* unmanaged<nint, int, nint>)runtime.Function(25))(options, 1));

            // A memory plan for every size of photo is kept for ever and makes nothing faster here.
            runtime.Check(((delegate* unmanaged<nint, nint>)runtime.Function(17))(options));

            // Waiting threads must sleep: pools of several sessions that spin take the cores from each other.
            fixed (byte* key = "session.intra_op.allow_spinning\0"u8, value = "0\0"u8)
                runtime.Check(((delegate* unmanaged<nint, byte*, byte*, nint>)runtime.Function(130))(options, key, value));

            nint session;
            fixed (byte* bytes = model)
            {
                runtime.Check(((delegate* unmanaged<nint, void*, nuint, nint, nint*, nint>)runtime.Function(8))(
                    runtime.Environment, bytes, (nuint)model.Length, options, &session));
            }

            _session = session;
        }
        finally
        {
            runtime.Release(100, options);
        }

        _inputNames = Names(count: 30, name: 36);
        _outputNames = Names(count: 31, name: 37);
    }

    /// <summary>Time spent inside the network by all runs so far, of all threads together.</summary>
    public TimeSpan Spent => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _ticks));

    public IReadOnlyList<string> Inputs => [.. _inputNames.Select(Text)];

    public IReadOnlyList<string> Outputs => [.. _outputNames.Select(Text)];

    /// <summary>Runs the network on its first input. The caller disposes what comes out.</summary>
    /// <param name="values">At least as many values as the shape has.</param>
    /// <param name="shape">The input's dimensions.</param>
    public OnnxOutputs Run(float[] values, ReadOnlySpan<long> shape)
    {
        ObjectDisposedException.ThrowIf(_session == 0, this);
        var count = 1L;
        foreach (var size in shape)
            count *= size;
        if (values.Length < count)
            throw new ArgumentException($"The network wants {count} values, not {values.Length}.", nameof(values));

        var results = new nint[_outputNames.Length];
        nint input = 0;
        var inputName = GCHandle.Alloc(_inputNames[0], GCHandleType.Pinned);
        var outputNames = _outputNames.Select(name => GCHandle.Alloc(name, GCHandleType.Pinned)).ToArray();
        var names = outputNames.Select(handle => handle.AddrOfPinnedObject()).ToArray();
        try
        {
            fixed (float* data = values)
            fixed (long* dimensions = shape)
            fixed (nint* outputs = results)
            fixed (nint* wanted = names)
            {
                _runtime.Check(((delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)_runtime.Function(49))(
                    _runtime.CpuMemory, data, (nuint)(count * sizeof(float)), dimensions, (nuint)shape.Length, FloatTensor, &input));
                var first = inputName.AddrOfPinnedObject();
                var started = Stopwatch.GetTimestamp();
                _runtime.Check(((delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint>)_runtime.Function(9))(
                    _session, 0, &first, &input, 1, wanted, (nuint)names.Length, outputs));
                Interlocked.Add(ref _ticks, Stopwatch.GetTimestamp() - started);
            }

            return new OnnxOutputs(_runtime, results);
        }
        finally
        {
            _runtime.Release(96, input);
            inputName.Free();
            foreach (var handle in outputNames)
                handle.Free();
        }
    }

    public void Dispose()
    {
        _runtime.Release(95, _session);
        _session = 0;
    }

    private static string Text(byte[] name) => Encoding.UTF8.GetString(name.AsSpan(0, name.Length - 1));

    private byte[][] Names(int count, int name)
    {
        nuint total;
        _runtime.Check(((delegate* unmanaged<nint, nuint*, nint>)_runtime.Function(count))(_session, &total));
        nint allocator;
        _runtime.Check(((delegate* unmanaged<nint*, nint>)_runtime.Function(78))(&allocator));

        var names = new byte[(int)total][];
        for (nuint i = 0; i < total; i++)
        {
            byte* text;
            _runtime.Check(((delegate* unmanaged<nint, nuint, nint, byte**, nint>)_runtime.Function(name))(_session, i, allocator, &text));
            names[i] = [.. MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text), 0];
            _runtime.Check(((delegate* unmanaged<nint, void*, nint>)_runtime.Function(76))(allocator, text));
        }

        return names;
    }
}

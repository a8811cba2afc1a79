using System.Runtime.InteropServices;

namespace Atmosphere.Recognition.Faces.Onnx.Runtime;

/// <summary>
/// The C API of ONNX Runtime: a table of function pointers that only ever grows at its end. The indices are those of
/// <c>OrtApi</c> in onnxruntime_c_api.h. One per process and library; never unloaded.
/// </summary>
internal sealed unsafe class OnnxRuntime
{
    private const uint ApiVersion = 17;
    private const int WarningsAndWorse = 3;

    private static readonly Dictionary<string, OnnxRuntime> _loaded = [];
    private static readonly Lock _loading = new();

    private readonly void** _api;

    private OnnxRuntime(string path)
    {
        if (!File.Exists(path) || !NativeLibrary.TryLoad(path, out var library))
            throw new OnnxRuntimeException($"ONNX Runtime was not found at '{path}'. Build the program again: the build restores it with npm.");

        var getBase = (delegate* unmanaged<void**>)NativeLibrary.GetExport(library, "OrtGetApiBase");
        Version = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)getBase()[1])())!;
        var getApi = (delegate* unmanaged<uint, void**>)getBase()[0];
        _api = getApi(ApiVersion);
        if (_api == null)
            throw new OnnxRuntimeException($"'{path}' is older than ONNX Runtime 1.{ApiVersion}. Use a newer one.");

        nint environment;
        fixed (byte* name = "atmosphere\0"u8)
            Check(((delegate* unmanaged<int, byte*, nint*, nint>)_api[3])(WarningsAndWorse, name, &environment));
        Environment = environment;

        nint memory;
        Check(((delegate* unmanaged<int, int, nint*, nint>)_api[69])(0, 0, &memory));
        CpuMemory = memory;
    }

    public static string BesideTheProgram =>
        Path.Combine(AppContext.BaseDirectory, "native", OperatingSystem.IsMacOS() ? "libonnxruntime.dylib" : "libonnxruntime.so");

    /// <summary>Such as "1.30.0".</summary>
    public string Version { get; }

    public nint Environment { get; }

    public nint CpuMemory { get; }

    /// <summary>Loads the library, the first time.</summary>
    /// <param name="path">The shared library's file.</param>
    /// <exception cref="OnnxRuntimeException">There is none, or it is too old.</exception>
    public static OnnxRuntime Load(string path)
    {
        lock (_loading)
        {
            if (!_loaded.TryGetValue(path, out var runtime))
                _loaded[path] = runtime = new OnnxRuntime(path);
            return runtime;
        }
    }

    /// <summary>Throws what the status says and releases it; zero is success.</summary>
    public void Check(nint status)
    {
        if (status == 0)
            return;
        var message = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<nint, byte*>)_api[2])(status));
        Release(93, status);
        throw new OnnxRuntimeException(message ?? "ONNX Runtime failed without a message.");
    }

    public void* Function(int index) => _api[index];

    /// <summary>Calls the release function of the given index.</summary>
    public void Release(int index, nint handle)
    {
        if (handle != 0)
            ((delegate* unmanaged<nint, void>)_api[index])(handle);
    }
}

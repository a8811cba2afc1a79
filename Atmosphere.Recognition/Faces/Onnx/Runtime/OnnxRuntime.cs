using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Atmosphere.Recognition.Faces.Onnx.Runtime;

/// <summary>ONNX Runtime's shared library, loaded once per process and never unloaded.</summary>
internal static class OnnxRuntime
{
    private static readonly Lock _loading = new();
    private static string? s_path;

    /// <summary>Loads the library on the first call.</summary>
    /// <param name="path">The file of the shared library; null for the one shipped with the program.</param>
    /// <returns>Its version, such as "1.31.1", and file.</returns>
    /// <exception cref="DllNotFoundException">The library is missing or cannot be loaded on this machine.</exception>
    /// <exception cref="InvalidOperationException">Another ONNX Runtime is loaded already; a process can hold only one.</exception>
    public static (string Version, string Path) Load(string? path)
    {
        var full = Path.GetFullPath(path ?? BesideTheProgram);
        lock (_loading)
        {
            if (s_path is null)
                Open(full);
            else if (s_path != full)
                throw new InvalidOperationException($"ONNX Runtime is loaded from {s_path} already, so {full} cannot be loaded too. Use one LibraryPath.");
        }

        return (OrtEnv.Instance().GetVersionString(), full);
    }

    private static string BesideTheProgram => Path.Combine(
        AppContext.BaseDirectory,
        OperatingSystem.IsWindows() ? "onnxruntime.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime.dylib" : "libonnxruntime.so");

    private static void Open(string path)
    {
        SwitchTelemetryOff();
        if (!File.Exists(path) || !NativeLibrary.TryLoad(path, out var library))
            throw new DllNotFoundException($"ONNX Runtime could not be loaded from {path}. Build the program again on this machine: the build restores it.");

        OrtEnv.DisableDllImportResolver = true;
        NativeLibrary.SetDllImportResolver(typeof(OrtEnv).Assembly, (name, _, _) => name == "onnxruntime" ? library : 0);
        s_path = path;

        var options = new EnvironmentCreationOptions { logId = "atmosphere", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        OrtEnv.CreateInstanceWithOptions(ref options).DisableTelemetryEvents();
    }

    /// <summary>
    /// Since 1.31 the library reports each session to Microsoft and keeps a device id and an event queue in the user's cache folder. It
    /// calls getenv before its first event, and getenv does not see variables that .NET sets on Unix.
    /// </summary>
    private static void SwitchTelemetryOff()
    {
        const string variable = "ORT_DISABLE_TELEMETRY";
        Environment.SetEnvironmentVariable(variable, "1");
        if (!OperatingSystem.IsWindows() && SetEnvironment(variable, "1", overwrite: 1) != 0)
            throw new InvalidOperationException($"ONNX Runtime's telemetry could not be switched off: setenv failed. Set {variable}=1 and start again.");
    }

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SetEnvironment(string name, string value, int overwrite);
}

using System.Diagnostics;

namespace Atmosphere.Bot.Tests.Architecture;

/// <summary>The program as a .NET tool: packed, installed from the local folder, run.</summary>
public sealed class ToolPackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-tool-").FullName;

    [Fact]
    public async Task A_packed_tool_installs_from_a_folder_and_finds_faces()
    {
        var configuration = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;
        var (packages, tools) = (Path.Combine(_folder, "packages"), Path.Combine(_folder, "tools"));

        await RunAsync(SourceFile.Root, "dotnet", "pack", "Atmosphere.Bot", "--no-build", "-c", configuration, "--nologo", "-v", "q", "-o", packages);
        await RunAsync(_folder, "dotnet", "tool", "install", "Atmosphere", "--tool-path", tools, "--source", packages, "--version", ProgramVersion());
        var doctor = await RunAsync(_folder, Path.Combine(tools, OperatingSystem.IsWindows() ? "atmosphere.exe" : "atmosphere"), "doctor", "--urls", "http://127.0.0.1:0");

        Assert.Contains("found and described 3 faces of sample1.jpg", doctor, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string ProgramVersion() => typeof(Program).Assembly.GetName().Version!.ToString(3);

    private static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
        return output;
    }
}

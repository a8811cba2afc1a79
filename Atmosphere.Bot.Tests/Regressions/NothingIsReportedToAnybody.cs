using Atmosphere.Bot.Tests.Console;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>
/// ONNX Runtime 1.31 queued telemetry for Microsoft, with a device id, in the user's cache folder, and switching it off through its API came after
/// the first events. Nothing about a school's machine leaves it unasked.
/// </summary>
public sealed class NothingIsReportedToAnybody
{
    [Fact]
    public async Task The_engine_leaves_no_telemetry_in_the_users_folders()
    {
        var home = Directory.CreateTempSubdirectory("atmosphere-home-");
        try
        {
            using var process = ProgramProcess.Start(
                home.FullName,
                new Dictionary<string, string> { ["HOME"] = home.FullName, ["XDG_CACHE_HOME"] = "", ["XDG_DATA_HOME"] = "" },
                "doctor");
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.Contains("ONNX Runtime", output, StringComparison.Ordinal);
            Assert.DoesNotContain(
                home.EnumerateFiles("*", SearchOption.AllDirectories),
                file => file.FullName.Contains("onnxruntime", StringComparison.OrdinalIgnoreCase));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }
}

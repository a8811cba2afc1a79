using System.Text.Json;
using Atmosphere.Bot.Console;

namespace Atmosphere.Bot.Tests.Console;

public sealed class BenchQueueTests
{
    [Fact]
    public async Task Every_mode_is_measured_at_every_depth_with_every_number_of_workers_and_nothing_is_left_behind()
    {
        using var folder = new TemporaryFolder();
        var json = Path.Combine(folder.Path, "times.json");
        var run = await CommandLineRun.OfAsync(
            "bench", "queue", "--messages", "100", "--rounds", "1", "--workers", "1", "2", "--depth", "0", "50", "--data", folder.Path, "--json", json);

        Assert.Equal((ExitCode.Success, ""), (run.Code, run.Error));
        var rows = JsonDocument.Parse(await File.ReadAllTextAsync(json)).RootElement.EnumerateArray().ToList();
        Assert.Equal(8, rows.Select(row => (row.GetProperty("mode").GetString(), row.GetProperty("workers").GetInt32(), row.GetProperty("depth").GetInt32())).Distinct().Count());
        Assert.All(rows, row => Assert.True(row.GetProperty("perSecond").GetDouble() > 0 && row.GetProperty("diskFlushesPerSecond").GetDouble() > 0));
        Assert.Contains("at depth 50 against 0 a message takes", run.Out, StringComparison.Ordinal);
        Assert.Equal([json], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("--messages 10")]
    [InlineData("--workers 65")]
    [InlineData("--depth -1")]
    [InlineData("--rounds 0")]
    public async Task What_cannot_be_measured_is_refused(string arguments)
    {
        var run = await CommandLineRun.OfAsync(["bench", "queue", .. arguments.Split(' ')]);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("--messages must be at least 100, --rounds 1 to 100, --workers 1 to 64", run.Error, StringComparison.Ordinal);
    }
}

using System.Text.Json.Nodes;
using Atmosphere.Bot.Console;
using Atmosphere.Bot.Tests.Console;

namespace Atmosphere.Bot.Tests.Bench;

public sealed class SlackBenchTests
{
    [Fact]
    public async Task A_short_rush_of_clicks_counts_every_vote_and_teaches_every_face_once()
    {
        using var folder = new TemporaryFolder();
        var json = Path.Combine(folder.Path, "figures.json");
        var run = await CommandLineRun.OfBenchAsync("slack", "--posts", "100", "--seconds", "1", "--json", json);

        Assert.Equal("", run.Error);
        var figures = JsonNode.Parse(await File.ReadAllTextAsync(json))!;
        Assert.Equal((100, 10, 0, 0), ((int)figures["posts"]!, (int)figures["right"]!, (int)figures["wrong"]!, (int)figures["refused"]!));
        Assert.Equal((30, 0, 0), ((int)figures["votes"]!, (int)figures["votesLost"]!, (int)figures["votesTooMany"]!));
        Assert.Equal((10, 0, true), ((int)figures["taught"]!, (int)figures["taughtTwice"]!, (bool)figures["isWhole"]!));
        // How quick it is depends on the machine.
        Assert.Equal((bool)figures["isQuick"]! ? ExitCode.Success : ExitCode.Failure, run.Code);
    }

    [Theory]
    [InlineData("--posts 5")]
    [InlineData("--posts 15")]
    [InlineData("--seconds 0")]
    public async Task What_cannot_be_measured_is_refused(string arguments)
    {
        var run = await CommandLineRun.OfBenchAsync(["slack", .. arguments.Split(' ')]);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("--posts must be 10 to 100000", run.Error, StringComparison.Ordinal);
    }
}

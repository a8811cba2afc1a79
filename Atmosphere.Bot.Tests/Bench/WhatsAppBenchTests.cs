using System.Text.Json.Nodes;
using Atmosphere.Bot.Console;
using Atmosphere.Bot.Tests.Console;

namespace Atmosphere.Bot.Tests.Bench;

public sealed class WhatsAppBenchTests
{
    [Fact]
    public async Task A_short_rush_loses_nothing_and_doubles_nothing()
    {
        using var folder = new TemporaryFolder();
        var json = Path.Combine(folder.Path, "figures.json");
        var run = await CommandLineRun.OfBenchAsync("whatsapp", "--rate", "100", "--seconds", "2", "--senders", "40", "--data", folder.Path, "--json", json);

        Assert.Equal((ExitCode.Success, ""), (run.Code, run.Error));
        var figures = JsonNode.Parse(await File.ReadAllTextAsync(json))!;
        Assert.Equal((200, 0, 0, true), ((int)figures["messages"]!, (int)figures["lost"]!, (int)figures["repliesDoubled"]!, (bool)figures["isWhole"]!));
        Assert.True((int)figures["replies"]! >= 200 && (int)figures["repeated"]! > 0);
        Assert.Contains("POST /whatsapp/twilio", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--rate 0")]
    [InlineData("--seconds 0")]
    [InlineData("--senders -1")]
    public async Task What_cannot_be_measured_is_refused(string arguments)
    {
        var run = await CommandLineRun.OfBenchAsync(["whatsapp", .. arguments.Split(' ')]);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("--rate must be 1 to 10000", run.Error, StringComparison.Ordinal);
    }
}

using Atmosphere.Bot.Console;
using Atmosphere.Bot.Console.Verbs;
using Atmosphere.Bot.Tests.Contracts;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Tests.Console;

public sealed class FlowsVerbTests
{
    [Fact]
    public void A_flow_is_printed_with_its_queues_the_subscriptions_of_its_topics_and_its_timers()
    {
        FlowTable flow = new(
            "post",
            [
                StepRow.Subscribe<Forward, Parcel>("parcels", [typeof(ParcelForwarded)], exhausted: "parcel lost"),
                StepRow.Of<Deliver, ParcelForwarded>("parcels-forwarded", [], workers: 3),
            ])
        {
            Timers = [TimerRow.Of("first-round", "30 6 * * mon-fri", "Europe/Madrid", due => new Parcel($"{due:O}"))],
        };
        var output = new StringWriter();
        FlowsVerb.Print(Terminal.Into(output, TextWriter.Null, new TestClock()), flow);

        Assert.Matches(@"Forward +topic +parcels/Forward +Parcel +5 +00:00:01 +1 +parcel lost", output.ToString());
        Assert.Matches(@"Deliver +queue +parcels-forwarded +ParcelForwarded +5 +00:00:01 +3 +dead letter", output.ToString());
        Assert.Matches(@"first-round +30 6 \* \* mon-fri +Europe/Madrid +Parcel +yes", output.ToString());
    }

    [Fact]
    public async Task Every_flow_of_the_program_is_printed_and_drawn()
    {
        using var folder = new TemporaryFolder();
        var printed = await CommandLineRun.OfAsync("flows", "--data", folder.Path);
        var drawn = await CommandLineRun.OfAsync("flows", "--mermaid", "--data", folder.Path);

        Assert.Equal((ExitCode.Success, ExitCode.Success), (printed.Code, drawn.Code));
        foreach (var file in Directory.GetFiles(Path.Combine(Dialogs.Folder, "flows"), "*.mmd"))
        {
            Assert.Contains(Path.GetFileNameWithoutExtension(file), printed.Out, StringComparison.Ordinal);
            Assert.Contains(await File.ReadAllTextAsync(file), drawn.Out, StringComparison.Ordinal);
        }
    }
}

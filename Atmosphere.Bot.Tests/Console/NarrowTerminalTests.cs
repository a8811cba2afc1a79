using Atmosphere.Bot.Console;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Bot.Console.Verbs;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Console;

/// <summary>Ids and names of queues are there to be copied into the next command: they stand on one line, also on a narrow terminal.</summary>
public sealed class NarrowTerminalTests
{
    private const string Id = "01a1fe84fb5b77a8ba795322498674c9";
    private const string Queue = "atmosphere-images-with-faces/NotifySlack";

    [Theory]
    [InlineData(80)]
    [InlineData(110)]
    public void Flows_fit_and_name_every_queue_whole(int width)
    {
        var lines = Printed(width, terminal =>
        {
            foreach (var table in FlowDiagrams.Tables)
                FlowsVerb.Print(terminal, table);
        });

        Assert.All(FlowDiagrams.Tables.SelectMany(table => table.Steps), row => Assert.Contains(lines, line =>
            line.Contains($" {row.Step} ", StringComparison.Ordinal) && line.Contains(row.Queue, StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains("FacesUpload  camera station", StringComparison.Ordinal) && line.Contains("RecognisePhoto", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(110)]
    public void Queues_fit_with_the_heads_of_their_columns_and_a_million_messages(int width)
    {
        var state = new QueueState { Queue = Queue, Depth = 1_000_000, InWork = 12, Oldest = TimeSpan.FromSeconds(99), PerSecond = 1234.5, Workers = 12 };

        var lines = Printed(width, terminal => terminal.Out.Write(QueueSheet.Table([state], width)));

        Assert.Contains(lines, line => line.Contains("depth", StringComparison.Ordinal) && line.Contains("oldest", StringComparison.Ordinal) && line.Contains("dead", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(Queue, StringComparison.Ordinal) && line.Contains("1,000,000", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(110)]
    public void Dead_letters_fit_with_id_and_queue(int width)
    {
        var letter = new DeadLetter { Id = Id, Queue = Queue, Type = "Atmosphere.FaceFound", Reason = "The broker cannot be reached." };

        var lines = Printed(width, terminal => terminal.Out.Write(DeadLettersVerb.Table([letter], width)));

        Assert.Contains(lines, line => line.Contains(Id, StringComparison.Ordinal) && line.Contains(Queue, StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("The broker cannot be reached.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(110)]
    public void Photos_fit_and_say_below_why_one_failed(int width)
    {
        var photo = new PhotoEntry { Id = new PhotoId(Id), GroupId = new GroupId("room"), State = PhotoState.Failed, Error = "It is damaged." };

        var lines = Printed(width, terminal => PhotoSheet.Print(terminal, [photo]));

        Assert.Contains(lines, line => line.Contains(Id, StringComparison.Ordinal) && line.Contains("failed", StringComparison.Ordinal) && line.Contains("room", StringComparison.Ordinal));
        Assert.Contains($"{Id}: It is damaged.", lines);
    }

    private static List<string> Printed(int width, Action<Terminal> print)
    {
        var output = new StringWriter();
        var terminal = Terminal.Into(output, TextWriter.Null, new TestClock());
        terminal.Out.Profile.Width = width;
        print(terminal);
        var lines = output.ToString().Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        return lines;
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Atmosphere.Bot.Console.Bench;
using Spectre.Console;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere bench queue: the cost of a message from sending to handling, without any work in the handler.</summary>
internal static class BenchQueueVerb
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerOptions.Web) { WriteIndented = true };

    private static readonly Option<int> _messages = new("--messages")
    {
        Description = "How many to send and to handle in each measurement",
        HelpName = "N",
        DefaultValueFactory = _ => 5_000,
    };

    private static readonly Option<int[]> _workers = new("--workers")
    {
        Description = "Workers of the queue",
        HelpName = "N",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [1, 2, 4, 8],
    };

    private static readonly Option<long[]> _depths = new("--depth")
    {
        Description = "Messages that wait in the queue all the time",
        HelpName = "N",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [0, 1_000, 100_000, 1_000_000],
    };

    private static readonly Option<int> _rounds = new("--rounds")
    {
        Description = "Measurements of each kind; the median is shown",
        HelpName = "N",
        DefaultValueFactory = _ => 3,
    };

    private static readonly Option<string?> _file = new("--json") { Description = "Also write the figures as JSON", HelpName = "FILE" };

    public static Command Create(Shell shell)
    {
        var command = new Command("queue", "Empty messages a second, sent and handled, on the disk of the data folder")
        {
            _messages, _workers, _depths, _rounds, _file,
        };
        command.SetAction((line, cancellation) => RunAsync(shell, line, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        var plan = new QueueBenchPlan(line.GetValue(_messages), line.GetValue(_rounds), line.GetRequiredValue(_workers), line.GetRequiredValue(_depths));
        if (plan.Messages < 100 || plan.Rounds is < 1 or > 100 || plan.Workers.Any(count => count is < 1 or > 64) || plan.Depths.Any(depth => depth is < 0 or > 10_000_000))
            throw new UsageException("--messages must be at least 100, --rounds 1 to 100, --workers 1 to 64, --depth 0 to 10000000.");

        var folder = Directory.CreateDirectory(Path.Combine(Shell.DataFolder(shell.Settings(line)), $"bench-{Guid.NewGuid():N}")).FullName;
        try
        {
            var rows = new List<QueueTimes>();
            await shell.Terminal.ProgressAsync("Measuring", plan.Measurements, async progress =>
            {
                await foreach (var times in plan.RunAsync(folder, progress, cancellation))
                    rows.Add(times);
            });
            shell.Terminal.Out.Write(Table(rows));
            foreach (var sentence in Growth(rows))
                shell.Terminal.Line(sentence);
            shell.Terminal.Line("durable: every message is its own transaction, and is on the disk when its sender goes on.");
            shell.Terminal.Line("batched: a hundred messages a transaction, which does not wait for the disk.");
            if (line.GetValue(_file) is { } file)
                await File.WriteAllTextAsync(file, JsonSerializer.Serialize(rows, _json), cancellation);
            return ExitCode.Success;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Table Table(IEnumerable<QueueTimes> rows)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("mode", "workers", "depth", "messages/s", "µs a message", "CPU µs", "sent/s", "commits/s", "messages a commit", "flushes/s of the disk", "memory MB");
        foreach (var row in rows)
        {
            table.AddRow(
                row.Mode, Text($"{row.Workers}"), Text($"{row.Depth:N0}"), Text($"{row.PerSecond:N0}"), Text($"{1e6 / row.PerSecond:N0}"), Text($"{row.Cpu.TotalMicroseconds:N0}"),
                Text($"{row.SentPerSecond:N0}"), Text($"{row.CommitsPerSecond:N0}"), Text($"{row.PerCommit:N1}"), Text($"{row.DiskFlushesPerSecond:N0}"),
                Text($"{row.Memory >> 20}"));
        }

        return table;
    }

    /// <summary>How much more a message costs in the deepest queue than in the shallowest.</summary>
    private static IEnumerable<string> Growth(IEnumerable<QueueTimes> rows) =>
        from row in rows
        group row by (row.Mode, row.Workers) into same
        let shallow = same.MinBy(row => row.Depth)!
        let deep = same.MaxBy(row => row.Depth)!
        where deep.Depth > shallow.Depth
        let time = ((shallow.PerSecond / deep.PerSecond) - 1) * 100
        let cpu = ((deep.Cpu / shallow.Cpu) - 1) * 100
        select Text(
            $"{same.Key.Mode}, {same.Key.Workers} workers: at depth {deep.Depth:N0} against {shallow.Depth:N0} a message takes {time:+0;-0;0} % time, {cpu:+0;-0;0} % CPU");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

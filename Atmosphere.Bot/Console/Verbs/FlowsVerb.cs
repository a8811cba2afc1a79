using System.CommandLine;
using System.Globalization;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Recognition.Messaging;
using Spectre.Console;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere flows</summary>
internal static class FlowsVerb
{
    private const int WidthOfAll = 160;

    private const string Legend =
        """
        A queue has one reader: its workers share the messages. Of a topic every
        subscription gets its own copy of each message; the copies wait in a queue
        named topic/step: the name to give to 'queues' and 'dead-letters'.
        A door is where somebody outside knocks. A timer sends its message when its
        cron expression says so: minute, hour, day of month, month, day of week.
        """;

    private static readonly Option<bool> _mermaid = new("--mermaid") { Description = "Print them as Mermaid diagrams" };

    private static readonly string[] _steps = ["step", "reads", "queue or subscription", "message", "attempts", "first rest", "workers", "exhausted"];
    private static readonly string[] _doors = ["door", "who knocks", "by", "sends"];
    private static readonly string[] _timers = ["timer", "cron", "time zone", "message", "enabled"];

    public static Command Create(Shell shell)
    {
        var command = new Command("flows", "Print the flows: which step reads which queue or topic, and what happens when it fails") { _mermaid };
        command.SetAction(async (line, _) =>
        {
            await using var services = Shell.Everything(shell.Settings(line)).BuildServiceProvider();
            var tables = services.GetRequiredService<FlowTables>();
            foreach (var table in tables.All)
            {
                if (line.GetValue(_mermaid))
                    Draw(shell.Terminal, table, tables.All);
                else
                    Print(shell.Terminal, table);
            }

            if (!line.GetValue(_mermaid))
                shell.Terminal.Line(Legend);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Draw(Terminal terminal, FlowTable flow, IReadOnlyList<FlowTable> all)
    {
        terminal.Line($"%% {flow.Name}");
        terminal.Line(FlowDiagram.Mermaid(flow, all));
    }

    internal static void Print(Terminal terminal, FlowTable flow)
    {
        terminal.Line(flow.Name, new Style(decoration: Decoration.Bold));
        if (flow.Doors.Count > 0)
            terminal.Out.Write(Cells(_doors, flow.Doors.Select(door => new[] { door.Name, door.Caller, door.Protocol, Names(door.Sends) })));
        terminal.Out.Write(terminal.Out.Profile.Width < WidthOfAll ? Narrow(flow.Steps) : Wide(flow.Steps));
        if (flow.Timers.Count > 0)
        {
            terminal.Out.Write(Cells(
                _timers,
                flow.Timers.Select(timer => new[] { timer.Name, timer.Cron, timer.TimeZone, timer.MessageType.Name, timer.Enabled ? "yes" : "no" })));
        }

        terminal.Line();
    }

    private static Table Wide(IEnumerable<StepRow> steps) => Cells(
        _steps,
        steps.Select(row => new[]
        {
            row.Step, Kind(row), row.Queue, row.MessageType.Name, Text($"{row.Retry.Attempts}"), Text($"{row.Retry.FirstDelay:c}"),
            Text($"{row.Workers}"), row.Exhausted,
        }));

    /// <summary>Queue names are long and must be copyable as a whole: the columns are stacked.</summary>
    private static Table Narrow(IEnumerable<StepRow> steps) => Cells(
        ["step", "reads, and what happens when it fails"],
        steps.Select(row => new[]
        {
            row.Step,
            Text($"{Kind(row)} {row.Queue}\n{row.MessageType.Name}; workers {row.Workers}; attempts {row.Retry.Attempts}, first rest {row.Retry.FirstDelay:c}; exhausted: {row.Exhausted}"),
        }));

    private static Table Cells(string[] heads, IEnumerable<string[]> rows) => Sheet.Rows(heads, rows, row => [.. row]);

    private static string Kind(StepRow row) => row.Topic is null ? "queue" : "topic";

    private static string Names(IEnumerable<Type> messages) => string.Join(", ", messages.Select(message => message.Name));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

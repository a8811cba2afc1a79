using System.CommandLine;
using System.Globalization;
using Atmosphere.Recognition.Messaging;
using Spectre.Console;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere flows</summary>
internal static class FlowsVerb
{
    private static readonly Option<bool> _mermaid = new("--mermaid") { Description = "Print them as Mermaid diagrams" };

    public static Command Create(Shell shell)
    {
        var command = new Command("flows", "Print the flows: which step reads which queue, and what happens when it fails") { _mermaid };
        command.SetAction(async (line, _) =>
        {
            await using var services = Shell.Everything(shell.Settings(line)).BuildServiceProvider();
            var tables = services.GetRequiredService<FlowTables>();
            foreach (var table in tables.All)
                Print(shell.Terminal, table, line.GetValue(_mermaid) ? FlowDiagram.Mermaid(table, tables.All) : null);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Print(Terminal terminal, FlowTable flow, string? diagram)
    {
        if (diagram is not null)
        {
            terminal.Line($"%% {flow.Name}");
            terminal.Line(diagram);
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("step", "queue", "message", "attempts", "workers", "exhausted");
        foreach (var row in flow.Steps)
        {
            string[] cells =
            [
                row.Step, row.Queue, row.MessageType.Name, row.Retry.Attempts.ToString(CultureInfo.InvariantCulture),
                row.Workers.ToString(CultureInfo.InvariantCulture), row.Exhausted,
            ];
            table.AddRow([.. cells.Select(cell => new Text(cell))]);
        }

        terminal.Line(flow.Name, new Style(decoration: Decoration.Bold));
        terminal.Out.Write(table);
    }
}

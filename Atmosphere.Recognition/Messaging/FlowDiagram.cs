using System.Text;

namespace Atmosphere.Recognition.Messaging;

/// <summary>Draws a flow table as a Mermaid flowchart: queues are cylinders, boxes are boxes, what leaves the diagram is round.</summary>
public static class FlowDiagram
{
    /// <param name="table">What to draw.</param>
    /// <param name="all">All tables of the program: they know where a message goes that leaves this one.</param>
    /// <returns>Lines that end with a line feed.</returns>
    public static string Mermaid(FlowTable table, IReadOnlyList<FlowTable> all)
    {
        var text = new StringBuilder("flowchart LR\n");
        foreach (var row in table.Steps)
        {
            Line(text, $"{Queue(row)} --> {row.Step}[{row.Step}]");
            foreach (var sent in row.Sends)
            {
                foreach (var target in Targets(table, all, sent))
                    Line(text, $"{row.Step} -- {sent.Name} --> {target}");
            }

            if (row.Exhausted != "dead letter")
                Line(text, $"{row.Step} -. exhausted .-> {row.Step}_exhausted([\"{row.Exhausted}\"])");
        }

        return text.ToString();
    }

    private static List<string> Targets(FlowTable table, IReadOnlyList<FlowTable> all, Type sent)
    {
        var found = all
            .SelectMany(flow => flow.Steps.Where(row => row.MessageType == sent), (flow, row) => (flow, row))
            .Select(target => target.flow.Name == table.Name
                ? Queue(target.row)
                : $"{Id(target.row.Queue)}_out([\"{target.flow.Name}: {target.row.Queue}\"])")
            .ToList();
        return found.Count > 0 ? found : [$"{sent.Name}_out([\"{sent.Name}\"])"];
    }

    private static string Queue(StepRow row) => $"{Id(row.Queue)}[(\"{row.Queue}\")]";

    private static string Id(string queue) => queue.Replace('-', '_');

    private static void Line(StringBuilder text, string line) => text.Append("    ").Append(line).Append('\n');
}

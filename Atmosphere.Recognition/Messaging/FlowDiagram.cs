using System.Text;

namespace Atmosphere.Recognition.Messaging;

/// <summary>
/// Draws a flow table as a Mermaid flowchart. Queues are cylinders, topics hexagons with an arrow to every subscriber, timers circles,
/// steps boxes, outside callers slanted boxes, and parts of other diagrams rounded boxes.
/// </summary>
public static class FlowDiagram
{
    /// <param name="table">The table to draw.</param>
    /// <param name="all">All tables of the program, to find the receivers of messages that leave this table.</param>
    /// <returns>Lines, each terminated by a line feed.</returns>
    public static string Mermaid(FlowTable table, IReadOnlyList<FlowTable> all)
    {
        var text = new StringBuilder("flowchart LR\n");
        foreach (var timer in table.Timers)
            Send(text, $"{Id(timer.Name)}_timer((\"{timer.Name}: {timer.Cron} {timer.TimeZone}\"))", timer.MessageType, table, all);

        foreach (var door in table.Doors)
        {
            Line(text, $"{Id(door.Caller)}[/\"{door.Caller}\"/] -- {door.Protocol} --> {door.Name}[{door.Name}]");
            foreach (var sent in door.Sends)
                Send(text, door.Name, sent, table, all);
        }

        foreach (var row in table.Steps)
        {
            Line(text, $"{Source(row)} --> {row.Step}[{row.Step}]");
            foreach (var sent in row.Sends)
                Send(text, row.Step, sent, table, all);
            if (row.Exhausted != "dead letter")
                Line(text, $"{row.Step} -. exhausted .-> {row.Step}_exhausted([\"{row.Exhausted}\"])");
        }

        foreach (var line in SubscribersElsewhere(table, all))
            Line(text, line);
        return text.ToString();
    }

    private static void Send(StringBuilder text, string from, Type sent, FlowTable table, IReadOnlyList<FlowTable> all)
    {
        foreach (var target in Targets(table, all, sent))
            Line(text, $"{from} -- {sent.Name} --> {target}");
    }

    /// <summary>Where a message goes. A topic is one node for all subscribers; a queue of another diagram is an end node.</summary>
    private static List<string> Targets(FlowTable table, IReadOnlyList<FlowTable> all, Type sent)
    {
        var found = Readers(all, sent)
            .Select(target => target.Flow.Name == table.Name || target.Row.Topic is not null
                ? Source(target.Row)
                : $"{Id(target.Row.Queue)}_out([\"{target.Flow.Name}: {target.Row.Queue}\"])")
            .Distinct()
            .ToList();
        return found.Count > 0 ? found : [$"{sent.Name}_out([\"{sent.Name}\"])"];
    }

    private static IEnumerable<string> SubscribersElsewhere(FlowTable table, IReadOnlyList<FlowTable> all)
    {
        var sent = table.Steps.SelectMany(row => row.Sends)
            .Concat(table.Doors.SelectMany(door => door.Sends))
            .Concat(table.Timers.Select(timer => timer.MessageType));
        var topics = sent.SelectMany(type => Readers(all, type)).Select(target => target.Row.Topic)
            .Concat(table.Steps.Select(row => row.Topic)).OfType<string>().Distinct().ToList();
        return
            from topic in topics
            from flow in all
            where flow.Name != table.Name
            from row in flow.Steps
            where row.Topic == topic
            select $"{Source(row)} --> {row.Step}_out([\"{flow.Name}: {row.Step}\"])";
    }

    private static IEnumerable<(FlowTable Flow, StepRow Row)> Readers(IReadOnlyList<FlowTable> all, Type message) =>
        all.SelectMany(flow => flow.Steps.Where(row => row.MessageType == message), (flow, row) => (flow, row));

    private static string Source(StepRow row) =>
        row.Topic is { } topic ? $"{Id(topic)}{{{{\"{topic}\"}}}}" : $"{Id(row.Queue)}[(\"{row.Queue}\")]";

    private static string Id(string name) => name.Replace('-', '_').Replace(' ', '_');

    private static void Line(StringBuilder text, string line) => text.Append("    ").Append(line).Append('\n');
}

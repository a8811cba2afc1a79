using Microsoft.Extensions.Configuration;

namespace Atmosphere.Recognition.Messaging;

/// <summary>All diagrams of the program, with the settings of <c>Atmosphere:Pipeline</c> and <c>Atmosphere:Timers</c> applied.</summary>
public sealed class FlowTables
{
    private readonly Dictionary<Type, List<StepRow>> _byMessage;
    private readonly Dictionary<(string Queue, string Type), StepRow> _byQueue = [];

    /// <exception cref="FlowTableException">The tables or their settings are inconsistent; the message names row and reason.</exception>
    public FlowTables(IEnumerable<FlowTable> tables, IConfiguration configuration)
    {
        var settings = PipelineSettings.Read(configuration);
        var timers = TimerSettings.Read(configuration);
        All = [.. tables.Select(table => table with
        {
            Steps = [.. table.Steps.Select(settings.Apply)],
            Timers = [.. table.Timers.Select(timers.Apply)],
        })];
        Rows = [.. All.SelectMany(table => table.Steps)];
        Timers = [.. All.SelectMany(table => table.Timers)];
        Doors = [.. All.SelectMany(table => table.Doors)];
        _byMessage = Rows.GroupBy(row => row.MessageType).ToDictionary(group => group.Key, group => group.ToList());
        FlowTableChecks.Check(Rows, Doors, Timers);
        settings.CheckNames(Rows);
        timers.CheckNames(Timers);
        foreach (var row in Rows)
            _byQueue.Add((row.Queue, row.MessageType.FullName!), row);
    }

    /// <summary>The diagrams in the order in which they were added.</summary>
    public IReadOnlyList<FlowTable> All { get; }

    /// <summary>The boxes of all diagrams.</summary>
    public IReadOnlyList<StepRow> Rows { get; }

    /// <summary>The queues of all diagrams in the order of their boxes.</summary>
    public IReadOnlyList<string> Queues => [.. Rows.Select(row => row.Queue).Distinct()];

    /// <summary>The entry points of all diagrams.</summary>
    public IReadOnlyList<DoorRow> Doors { get; }

    /// <summary>The timers of all diagrams.</summary>
    public IReadOnlyList<TimerRow> Timers { get; }

    /// <summary>The boxes that receive a copy of a message of this type.</summary>
    internal IReadOnlyList<StepRow> HandlersOf(Type message) => _byMessage.TryGetValue(message, out var rows) ? rows : [];

    /// <summary>The box that handles this type of message from this queue; null if there is none, for example after an update.</summary>
    internal StepRow? Find(string queue, string type) => _byQueue.GetValueOrDefault((queue, type));
}

/// <summary>A flow table, or a setting of a step or timer, is invalid.</summary>
public sealed class FlowTableException(string message) : Exception(message);

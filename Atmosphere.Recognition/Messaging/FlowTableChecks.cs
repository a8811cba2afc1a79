using System.Text.RegularExpressions;

namespace Atmosphere.Recognition.Messaging;

/// <summary>Checks all tables together before the first message is handled.</summary>
internal static partial class FlowTableChecks
{
    public static void Check(IReadOnlyList<StepRow> rows, IReadOnlyList<DoorRow> doors, IReadOnlyList<TimerRow> timers)
    {
        foreach (var row in rows)
            CheckNames(row);
        foreach (var twice in rows.Select(row => row.Step).Concat(doors.Select(door => door.Name)).GroupBy(name => name).Where(group => group.Count() > 1))
            throw new FlowTableException($"The box '{twice.Key}' stands in the tables twice. Every box has one row.");
        CheckSources(rows);

        var handled = rows.Select(row => row.MessageType).ToHashSet();
        foreach (var (box, sends) in rows.Select(row => (row.Step, row.Sends)).Concat(doors.Select(door => (door.Name, door.Sends))))
        {
            foreach (var sent in sends.Where(sent => !handled.Contains(sent)))
                throw new FlowTableException($"{box} sends {sent.Name}, but no box of any flow handles it. Add a row to a flow table.");
        }

        CheckTimers(timers, handled);
    }

    private static void CheckNames(StepRow row)
    {
        // A generic class has one box per message type, so the box cannot have the class's name.
        if (row.Step != row.StepType.Name && !row.StepType.IsGenericType)
            throw new FlowTableException($"The box '{row.Step}' is not named as its class {row.StepType.Name}. Rename one of them.");
        if (!Name().IsMatch(row.Topic ?? row.Queue))
        {
            throw new FlowTableException(
                $"{row.Step} reads from '{row.Topic ?? row.Queue}'. Name a queue or topic with a to z, 0 to 9 and hyphens between them, such as image-exif.");
        }

        if (row.Topic is not null && row.Queue != $"{row.Topic}/{row.Step}")
            throw new FlowTableException($"The subscription '{row.Queue}' is that of {row.Step} to topic '{row.Topic}'. Name it {row.Topic}/{row.Step}.");
    }

    /// <summary>Each message type goes to one queue or to one topic, so that a sender need not know the receivers.</summary>
    private static void CheckSources(IReadOnlyList<StepRow> rows)
    {
        var topics = rows.Select(row => row.Topic).OfType<string>().ToHashSet();
        if (rows.FirstOrDefault(row => row.Topic is null && topics.Contains(row.Queue)) is { } mixed)
            throw new FlowTableException($"'{mixed.Queue}' is the queue of {mixed.Step} and a topic, too. Give one of them another name.");

        foreach (var readers in rows.GroupBy(row => row.MessageType).Where(group => group.Count() > 1))
        {
            var sources = readers.Select(row => row.Topic is null ? $"queue '{row.Queue}'" : $"topic '{row.Topic}'").Distinct().ToList();
            if (sources.Count > 1 || readers.Any(row => row.Topic is null))
            {
                throw new FlowTableException(
                    $"{string.Join(" and ", readers.Select(row => row.Step))} read {readers.Key.Name} from {string.Join(" and ", sources)}. "
                    + "A message has one queue with one box, or one topic with a subscription for each: use StepRow.Subscribe with the same topic.");
            }
        }
    }

    private static void CheckTimers(IReadOnlyList<TimerRow> timers, HashSet<Type> handled)
    {
        foreach (var timer in timers)
        {
            if (!Name().IsMatch(timer.Name))
                throw new FlowTableException($"The timer '{timer.Name}' must be named with a to z, 0 to 9 and hyphens between them, such as nightly-report.");
            if (!handled.Contains(timer.MessageType))
                throw new FlowTableException($"The timer '{timer.Name}' sends {timer.MessageType.Name}, but no box of any flow handles it. Add a row to a flow table.");
        }

        if (timers.GroupBy(timer => timer.Name).FirstOrDefault(group => group.Count() > 1) is { Key: var twice })
            throw new FlowTableException($"The timer '{twice}' stands in the tables twice. Every timer has one row.");
    }

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex Name();
}

namespace Atmosphere.Recognition.Messaging;

/// <summary>What must be true of all tables together before the first message is handled.</summary>
internal static class FlowTableChecks
{
    public static void Check(IReadOnlyList<StepRow> rows, PipelineSettings settings)
    {
        var handled = rows.Select(row => row.MessageType).ToHashSet();
        foreach (var row in rows)
        {
            if (row.Step != row.StepType.Name)
                throw new FlowTableException($"The box '{row.Step}' is not named as its class {row.StepType.Name}. Rename one of them.");
            foreach (var sent in row.Sends.Where(sent => !handled.Contains(sent)))
                throw new FlowTableException($"{row.Step} sends {sent.Name}, but no box of any flow handles it. Add a row to a flow table.");
        }

        foreach (var twice in rows.GroupBy(row => row.Step).Where(group => group.Count() > 1))
            throw new FlowTableException($"The box '{twice.Key}' stands in the tables twice. Every box has one row.");
        foreach (var twice in rows.GroupBy(row => (row.Queue, row.MessageType)).Where(group => group.Count() > 1))
        {
            throw new FlowTableException(
                $"{string.Join(" and ", twice.Select(row => row.Step))} both read {twice.Key.MessageType.Name} from queue '{twice.Key.Queue}'. Give each its own queue.");
        }

        settings.CheckNames(rows);
    }
}

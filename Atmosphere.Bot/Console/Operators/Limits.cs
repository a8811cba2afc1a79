using System.CommandLine;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Console.Operators;

/// <summary>Options shared by several operator verbs.</summary>
internal static class Limits
{
    public static Option<bool> Json() => new("--json") { Description = "Print JSON" };

    public static Option<int> Limit() => new("--limit") { Description = "Print at most so many", HelpName = "N", DefaultValueFactory = _ => 50 };

    public static Option<string?> Queue() => new("--queue") { Description = "Only of this queue", HelpName = "QUEUE" };

    /// <summary>Called if nothing was found: a queue of an older version may have dead letters, but a mistyped name is an error.</summary>
    /// <exception cref="UsageException">No flow has such a queue.</exception>
    public static void RequireQueue(FlowTables flows, string queue)
    {
        if (!flows.Queues.Contains(queue))
            throw new UsageException($"There is no queue '{queue}'. 'atmosphere queues' prints their names; that of a subscription is topic/step.");
    }

    public static int Value(ParseResult line, Option<int> limit) =>
        line.GetValue(limit) is var value and >= 1 and <= 100_000 ? value : throw new UsageException($"--limit {line.GetValue(limit)} cannot be; use 1 to 100000.");
}

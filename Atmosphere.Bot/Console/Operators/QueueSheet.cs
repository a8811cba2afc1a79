using Atmosphere.Recognition.Storage;
using Spectre.Console;

namespace Atmosphere.Bot.Console.Operators;

/// <summary>Prints queues for operators.</summary>
internal static class QueueSheet
{
    private const int WidthOfAll = 116;
    private const int WidthOfMost = 98;

    /// <param name="width">Terminal width in characters; narrow tables omit totals, then also delayed messages and workers.</param>
    public static Table Table(IReadOnlyList<QueueState> states, int width)
    {
        var (all, most) = (width >= WidthOfAll, width >= WidthOfMost);
        var table = Sheet.Table(
        [
            "queue", "#depth", .. Some(most, "#rest"), "#work", "#oldest", "#/s", .. Some(all, "#handled", "#failed"), .. Some(most, "#workers"), "#dead",
        ]);
        foreach (var state in states)
        {
            table.Row(
            [
                state.Queue, Count(state.Depth), .. Some<object?>(most, Count(state.Resting)), Count(state.InWork),
                state.Oldest is { } age ? Sheet.Age(age) : null, Rate(state.PerSecond),
                .. Some<object?>(all, Count(state.Handled), Count(state.Failed)), .. Some<object?>(most, state.Workers), Count(state.DeadLetters),
            ]);
        }

        return table;
    }

    public static object Json(QueueState state) => new
    {
        state.Queue,
        state.Depth,
        state.Resting,
        state.InWork,
        OldestSeconds = state.Oldest?.TotalSeconds,
        state.PerSecond,
        state.Handled,
        state.Failed,
        state.Workers,
        state.DeadLetters,
    };

    private static string? Rate(double perSecond) => perSecond switch
    {
        0 => null,
        < 100 => Sheet.Say($"{perSecond:0.0}"),
        _ => Sheet.Say($"{perSecond:0}"),
    };

    private static T[] Some<T>(bool shown, params T[] columns) => shown ? columns : [];

    private static string Count(long count) => Sheet.Say($"{count:N0}");
}

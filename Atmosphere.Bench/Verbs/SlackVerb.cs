using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Atmosphere.Bench.Slack;
using Atmosphere.Bot.Console;
using Spectre.Console;

namespace Atmosphere.Bench.Verbs;

/// <summary>Atmosphere.Bench slack: how long Slack waits for its answers, and whether every vote counts once.</summary>
internal static class SlackVerb
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerOptions.Web) { WriteIndented = true };

    private static readonly Option<int> _posts = new("--posts") { Description = "Clicks of colleagues, ten for each question", HelpName = "N", DefaultValueFactory = _ => 1_000 };

    private static readonly Option<int> _seconds = new("--seconds") { Description = "In how long", HelpName = "N", DefaultValueFactory = _ => 10 };

    private static readonly Option<string?> _file = new("--json") { Description = "Also write the figures as JSON", HelpName = "FILE" };

    public static Command Create(Shell shell)
    {
        var command = new Command("slack", "Answer times of Slack's clicks: repeated, at the same instant, after the decision; and every vote counted") { _posts, _seconds, _file };
        command.SetAction((line, cancellation) => RunAsync(shell, line, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        var plan = new SlackPlan(line.GetValue(_posts), line.GetValue(_seconds));
        if (plan.Posts is < 10 or > 100_000 || plan.Posts % SlackPlan.PostsOfAQuestion != 0 || plan.Seconds is < 1 or > 3_600)
            throw new UsageException("--posts must be 10 to 100000 and a multiple of ten, --seconds 1 to 3600.");

        var result = await new SlackBench(plan).RunAsync(shell.Settings(line), text => shell.Terminal.Line(text), cancellation);
        Print(shell.Terminal, result);
        if (line.GetValue(_file) is { } file)
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(Figures(result), _json), cancellation);
        return result is { IsWhole: true, IsQuick: true } ? ExitCode.Success : ExitCode.Failure;
    }

    private static void Print(Terminal terminal, SlackResult result)
    {
        var times = new Table().Border(TableBorder.Simple).AddColumns("door", "clicks", "p50 ms", "p95 ms", "p99 ms", "max ms");
        times.AddRow([Markup.Escape(result.Door.Door), Text($"{result.Door.Milliseconds.Length}"), .. result.Door.Percentiles]);
        terminal.Out.Write(times);
        terminal.Line(Text($"Questions: {result.Right} decided right, {result.Wrong} wrong, {result.Open} not decided."));
        terminal.Line(Text($"Votes: {result.Votes} before a decision, {result.VotesLost} of them missing or changed; {result.VotesTooMany} too many."));
        terminal.Line(Text($"Faces: {result.Taught} sent for training, {result.TaughtTwice} of them more than once."));
        terminal.Line(Text($"{result.Refused} clicks were refused, {result.Late} answered after 3 s, {result.Unanswered} are not done, {result.DeadLetters} messages were given up; every vote was counted and every face taught {result.AllDone.TotalSeconds:0.0} s after the last click."));
    }

    private static object Figures(SlackResult result) => new
    {
        result.Posts,
        result.Refused,
        result.Late,
        result.Right,
        result.Wrong,
        result.Open,
        result.Votes,
        result.VotesLost,
        result.VotesTooMany,
        result.Taught,
        result.TaughtTwice,
        result.Unanswered,
        result.DeadLetters,
        Milliseconds = result.Door.Percentiles.Zip(["p50", "p95", "p99", "max"]).ToDictionary(pair => pair.Second, pair => double.Parse(pair.First, CultureInfo.InvariantCulture)),
        SecondsUntilAllDone = result.AllDone.TotalSeconds,
        result.IsWhole,
        result.IsQuick,
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

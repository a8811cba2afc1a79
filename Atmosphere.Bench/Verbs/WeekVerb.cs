using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Atmosphere.Bench.Week;
using Atmosphere.Bot.Console;
using Spectre.Console;

namespace Atmosphere.Bench.Verbs;

/// <summary>Atmosphere.Bench week: how well a class is recognised after a week, and what it costs the colleagues.</summary>
internal static class WeekVerb
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerOptions.Web) { WriteIndented = true };
    private static readonly Option<FileInfo> _labels = new("--labels") { Description = "Who is in which group photo (labels.json, as for accuracy --group)", HelpName = "FILE", Required = true };
    private static readonly Option<DirectoryInfo> _enrol = new("--enrol") { Description = "A folder for each person of the labels, with photos to register from", HelpName = "DIR", Required = true };
    private static readonly Option<int> _photos = new("--photos") { Description = "Group photos that are made and posted", HelpName = "N", DefaultValueFactory = _ => 600 };
    private static readonly Option<int> _days = new("--days") { Description = "Over how many days they are spread", HelpName = "N", DefaultValueFactory = _ => 7 };
    private static readonly Option<int> _registered = new("--registered") { Description = "Persons who are registered at the beginning", HelpName = "N", DefaultValueFactory = _ => 6 };
    private static readonly Option<double> _mistakes = new("--mistakes") { Description = "Share of the colleagues' answers that are wrong", HelpName = "0..1", DefaultValueFactory = _ => 0.1 };
    private static readonly Option<int> _seed = new("--seed") { Description = "The same seed is the same week", HelpName = "N", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> _file = new("--json") { Description = "Also write the figures as JSON", HelpName = "FILE" };

    public static Command Create(Shell shell)
    {
        var command = new Command("week", "A scripted week: photos, two colleagues who tag and err, parents who register") { _labels, _enrol, _photos, _days, _registered, _mistakes, _seed, _file };
        command.SetAction((line, cancellation) => RunAsync(shell, line, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        var (labels, enrol) = (line.GetRequiredValue(_labels), line.GetRequiredValue(_enrol));
        if (!labels.Exists)
            throw new UsageException($"--labels {labels} is not there. Name the labels of group photos.");
        if (!enrol.Exists)
            throw new UsageException($"--enrol {enrol} is not there. Name a folder with a folder for each person.");
        var plan = new WeekPlan(
            labels.FullName, enrol.FullName, line.GetValue(_photos), line.GetValue(_days), line.GetValue(_registered), line.GetValue(_mistakes), line.GetValue(_seed));
        if (plan.Photos is < 1 or > 100_000 || plan.Days is < 1 or > 31 || plan.Registered is < 0 or > 1_000 || plan.Mistakes is not (>= 0 and <= 1))
            throw new UsageException("--photos must be 1 to 100000, --days 1 to 31, --registered 0 to 1000, --mistakes 0 to 1.");

        var result = await new WeekBench(plan).RunAsync(shell.Settings(line), text => shell.Terminal.Line(text), cancellation);
        Print(shell.Terminal, result);
        if (line.GetValue(_file) is { } file)
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(result, _json), cancellation);
        return result.IsGood ? ExitCode.Success : ExitCode.Failure;
    }

    private static void Print(Terminal terminal, WeekResult result)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("", "seen", "target");
        table.AddRow("clear faces of registered persons that are named right", Text($"{result.NamedRight} of {result.ClearFaces}, {result.Share:P1}"), "95 %");
        table.AddRow("faces with a wrong name", Text($"{result.NamedWrong}"), "");
        table.AddRow("photos that reached guardians", Text($"{result.Deliveries}, {result.FoundLater} of them found later"), "");
        table.AddRow("of them without the guardian's child", Text($"{result.WrongDeliveries}"), "0");
        table.AddRow("questions for a person, at most", Text($"{result.MostQuestions} ({result.Questions} for {result.Persons})"), "3");
        table.AddRow("questions for a stranger, at most", Text($"{result.MostStrangerQuestions} ({result.StrangerQuestions} for {result.Strangers})"), "2");
        table.AddRow("questions about what the labels do not know", Text($"{result.OtherQuestions}"), "");
        table.AddRow("answers of the colleagues", Text($"{result.Votes}, {result.WrongVotes} of them wrong"), "");
        table.AddRow("dead letters", Text($"{result.DeadLetters}"), "0");
        terminal.Out.Write(table);
        foreach (var difference in result.ReportDiffers)
            terminal.Line(difference);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.CommandLine;
using System.Text.Json;
using Atmosphere.Bot.Console.Accuracy;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere accuracy</summary>
internal static class AccuracyVerb
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerOptions.Web) { WriteIndented = true };

    private static readonly Option<string?> _pairs = new("--pairs") { Description = "Verification: a CSV of two photos and 1 (one person) or 0", HelpName = "CSV" };
    private static readonly Option<string?> _ident = new("--ident") { Description = "Identification: a CSV of role (enrol, probe, unknown), person, photo", HelpName = "CSV" };
    private static readonly Option<string?> _gate = new("--gate") { Description = "What each bound of Atmosphere:Learning:SamePersonWithin asks needlessly and lets pass: a CSV as --ident takes it", HelpName = "CSV" };
    private static readonly Option<string?> _root = new("--root") { Description = "The folder that the photos of the CSV are named from", HelpName = "DIR" };
    private static readonly Option<string?> _group = new("--group") { Description = "Group photos: their labelled faces", HelpName = "LABELS.json" };
    private static readonly Option<string?> _people = new("--people") { Description = "With --group: one sub-folder a person, with photos to learn from", HelpName = "DIR" };
    private static readonly Option<string?> _file = new("--json") { Description = "Also write the figures as JSON", HelpName = "FILE" };
    private static readonly Option<string?> _svg = new("--svg") { Description = "Where to draw the ROC of --pairs (default: beside --json)", HelpName = "FILE" };

    public static Command Create(Shell shell)
    {
        var command = new Command("accuracy", "Measure how well faces are found and named, on photos whose truth is known")
        {
            _pairs, _ident, _gate, _root, _group, _people, _file, _svg,
        };
        command.SetAction((line, cancellation) => RunAsync(shell, line, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        if (new[] { _pairs, _ident, _gate, _group }.Count(option => line.GetValue(option) is not null) != 1)
            throw new UsageException("Give one of --pairs, --ident, --gate and --group. Try 'atmosphere accuracy --help'.");

        var settings = shell.Settings(line);
        await using var services = shell.Services(settings, Shell.DataFolder(settings))
            .AddSingleton<PhotoReader>()
            .AddSingleton<Measurements>()
            .BuildServiceProvider();
        var measured = await MeasureAsync(shell.Terminal, services.GetRequiredService<Measurements>(), line, cancellation);
        if (line.GetValue(_file) is { } file)
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(measured, _json), cancellation);
        return ExitCode.Success;
    }

    private static async Task<object> MeasureAsync(Terminal terminal, Measurements measurements, ParseResult line, CancellationToken cancellation)
    {
        if (line.GetValue(_pairs) is { } pairs)
        {
            var accuracy = await measurements.PairsAsync(Lists.Pairs(Existing(pairs), Folder(line, _root)), cancellation);
            terminal.Out.Write(AccuracyTables.Of(accuracy));
            if ((line.GetValue(_svg) ?? Path.ChangeExtension(line.GetValue(_file), ".svg")) is { } drawing)
                await File.WriteAllTextAsync(drawing, RocDrawing.Svg(accuracy), cancellation);
            return accuracy;
        }

        if (line.GetValue(_ident) is { } ident)
        {
            var (names, clusters, clustersOneByOne) = await measurements.IdentAsync(Lists.Ident(Existing(ident), Folder(line, _root)), cancellation);
            terminal.Out.Write(AccuracyTables.Of(names));
            terminal.Out.Write(AccuracyTables.Of(clusters, clustersOneByOne));
            return new { names, clusters, clustersOneByOne };
        }

        if (line.GetValue(_gate) is { } gate)
        {
            var bounds = await measurements.GateAsync(Lists.Ident(Existing(gate), Folder(line, _root)), cancellation);
            terminal.Out.Write(AccuracyTables.Of(bounds));
            return bounds;
        }

        var (people, group) = await measurements.GroupAsync(Existing(line.GetValue(_group)!), Folder(line, _people), cancellation);
        terminal.Out.Write(AccuracyTables.Of(people, group));
        terminal.Out.Write(AccuracyTables.Of(group.Names));
        return new { people, group };
    }

    private static string Existing(string file) => File.Exists(file) ? file : throw new UsageException($"{file} is not there. Name an existing file.");

    private static string Folder(ParseResult line, Option<string?> option)
    {
        var folder = line.GetValue(option) ?? throw new UsageException($"{option.Name} is missing. Try 'atmosphere accuracy --help'.");
        return Directory.Exists(folder) ? folder : throw new UsageException($"{option.Name} {folder} is not there. Name an existing folder.");
    }
}

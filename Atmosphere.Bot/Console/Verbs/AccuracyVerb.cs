using System.CommandLine;
using System.Text.Json;
using Atmosphere.Bot.Console.Accuracy;
using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Storage;

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
    private static readonly Option<int?> _class = new("--class") { Description = "Simulated classes of N persons from --root, which has one sub-folder a person: one photo each is enrolled, all others are shown", HelpName = "N" };
    private static readonly Option<int> _seed = new("--seed") { Description = "With --class: of the first class", HelpName = "S", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> _classes = new("--classes") { Description = "With --class: how many (1 to 10000)", HelpName = "N", DefaultValueFactory = _ => 200 };
    private static readonly Option<string> _kind = new("--kind") { Description = "The rule to measure with", HelpName = $"{GroupKinds.Children}|{GroupKinds.Adults}", DefaultValueFactory = _ => GroupKinds.Children };
    private static readonly Option<bool> _rules = new("--rules") { Description = "With --class, --ident or --group: both rules at bounds around their own" };
    private static readonly Option<bool> _turned = new("--turned") { Description = "With --group: the photos turned by every fifteenth degree" };
    private static readonly Option<string?> _file = new("--json") { Description = "Also write the figures as JSON", HelpName = "FILE" };
    private static readonly Option<string?> _svg = new("--svg") { Description = "Where to draw the ROC of --pairs (default: beside --json)", HelpName = "FILE" };

    public static Command Create(Shell shell)
    {
        var command = new Command("accuracy", "Measure how well faces are found and named, on photos whose truth is known")
        {
            _pairs, _ident, _gate, _root, _group, _people, _class, _seed, _classes, _kind, _rules, _turned, _file, _svg,
        };
        command.SetAction((line, cancellation) => RunAsync(shell, line, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        if (new[] { _pairs, _ident, _gate, _group }.Count(option => line.GetValue(option) is not null) + (line.GetValue(_class) is null ? 0 : 1) != 1)
            throw new UsageException("Give one of --pairs, --ident, --gate, --group and --class. Try 'atmosphere accuracy --help'.");
        if (line.GetValue(_rules) && (line.GetValue(_pairs) ?? line.GetValue(_gate)) is not null)
            throw new UsageException("--rules goes with --class, --ident or --group, which give names. Leave it out.");
        if (line.GetValue(_turned) && (line.GetValue(_group) is null || line.GetValue(_rules)))
            throw new UsageException("--turned goes with --group, and without --rules. Leave one of them out.");
        if (line.GetValue(_class) is < 1 || line.GetValue(_classes) is < 1 or > 10_000)
            throw new UsageException($"--class {line.GetValue(_class)} --classes {line.GetValue(_classes)} is out of range. Use at least 1, and 1 to 10000.");

        var settings = shell.Settings(line);
        await using var services = shell.Services(settings, Shell.DataFolder(settings))
            .AddSingleton<PhotoReader>()
            .AddSingleton<Measurements>()
            .BuildServiceProvider();
        var rules = services.GetRequiredService<FaceNaming>().Rules;
        var measured = await MeasureAsync(shell.Terminal, services.GetRequiredService<Measurements>(), rules, line, cancellation);
        if (line.GetValue(_file) is { } file)
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(measured, _json), cancellation);
        return ExitCode.Success;
    }

    private static async Task<object> MeasureAsync(
        Terminal terminal, Measurements measurements, NamingRules rules, ParseResult line, CancellationToken cancellation)
    {
        var (rule, around) = (rules.Of(GroupKinds.Parse(line.GetValue(_kind)!)), line.GetValue(_rules));
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
            var measured = await measurements.IdentAsync(Lists.Ident(Existing(ident), Folder(line, _root)), cancellation);
            var (names, curve) = (measured.Names(rule), around ? RuleCurve.Of(rules, measured.Names) : null);
            terminal.Out.Write(curve is null ? AccuracyTables.Of(names) : AccuracyTables.Of(curve));
            terminal.Out.Write(AccuracyTables.Of(measured.Clusters, measured.OneByOne));
            return new { names, measured.Clusters, clustersOneByOne = measured.OneByOne, rules = curve };
        }

        if (line.GetValue(_gate) is { } gate)
        {
            var bounds = await measurements.GateAsync(Lists.Ident(Existing(gate), Folder(line, _root)), cancellation);
            terminal.Out.Write(AccuracyTables.Of(bounds));
            return bounds;
        }

        return line.GetValue(_class) is { } size
            ? await ClassesAsync(terminal, measurements, rules, rule, size, line, cancellation)
            : await GroupAsync(terminal, measurements, rules, rule, line, cancellation);
    }

    private static async Task<object> ClassesAsync(
        Terminal terminal, Measurements measurements, NamingRules rules, NamingRule rule, int size, ParseResult line, CancellationToken cancellation)
    {
        var classes = await measurements.ClassesAsync(Folder(line, _root), size, line.GetValue(_seed), line.GetValue(_classes), cancellation);
        var names = classes.Measure(rule);
        var curve = line.GetValue(_rules) ? RuleCurve.Of(rules, classes.Measure) : null;
        terminal.Out.Write(curve is null ? AccuracyTables.Of(names) : AccuracyTables.Of(curve));
        return new { names, rules = curve };
    }

    private static async Task<object> GroupAsync(
        Terminal terminal, Measurements measurements, NamingRules rules, NamingRule rule, ParseResult line, CancellationToken cancellation)
    {
        if (line.GetValue(_turned))
        {
            var angles = await measurements.TurnedAsync(Existing(line.GetValue(_group)!), Folder(line, _people), rule, cancellation);
            terminal.Out.Write(AccuracyTables.Of(angles));
            return angles;
        }

        var (people, measured) = await measurements.GroupAsync(Existing(line.GetValue(_group)!), Folder(line, _people), cancellation);
        var (group, curve) = (measured(rule), line.GetValue(_rules) ? RuleCurve.Of(rules, one => measured(one).Names) : null);
        terminal.Out.Write(AccuracyTables.Of(people, group));
        terminal.Out.Write(curve is null ? AccuracyTables.Of(group.Names) : AccuracyTables.Of(curve));
        return new { people, group, rules = curve };
    }

    private static string Existing(string file) => File.Exists(file) ? file : throw new UsageException($"{file} is not there. Name an existing file.");

    private static string Folder(ParseResult line, Option<string?> option)
    {
        var folder = line.GetValue(option) ?? throw new UsageException($"{option.Name} is missing. Try 'atmosphere accuracy --help'.");
        return Directory.Exists(folder) ? folder : throw new UsageException($"{option.Name} {folder} is not there. Name an existing folder.");
    }
}

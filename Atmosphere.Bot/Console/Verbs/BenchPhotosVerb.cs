using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Atmosphere.Bot.Console.Bench;
using Atmosphere.Bot.Console.Sort;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Onnx;
using Spectre.Console;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere bench photos: the whole job from file to names, compared with bare network inference in the same run.</summary>
internal static class BenchPhotosVerb
{
    private const int Rounds = 3;

    // Enough for the runtime to compile the code of all steps with full optimisation.
    private const int WarmUp = 60;

    private static readonly JsonSerializerOptions _json = new(JsonSerializerOptions.Web) { WriteIndented = true };

    private static readonly Option<string> _photos = new("--photos") { Description = "Photos to work on, with those of its sub-folders", HelpName = "DIR", Required = true };
    private static readonly Option<int> _count = new("--count") { Description = "How many to work on, round and round", HelpName = "N", DefaultValueFactory = _ => 200 };
    private static readonly Option<int> _workers = new("--workers") { Description = "Photos at a time, one core each", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
    private static readonly Option<bool> _fast = new("--fast") { Description = "Look once" };
    private static readonly Option<bool> _flows = new("--flows") { Description = "Compare with the same photos through all queues and flows of the server" };
    private static readonly Option<bool> _turned = new("--turned") { Description = "What it costs to look for photos that are not upright" };
    private static readonly Option<string?> _file = new("--json") { Description = "Also write the figures as JSON", HelpName = "FILE" };

    public static Command Create(Shell shell)
    {
        var command = new Command("photos", "Photos a second, milliseconds a stage, memory, against the bare networks") { _photos, _count, _workers, _fast, _flows, _turned, _file };
        command.SetAction((line, cancellation) => RunAsync(shell, line, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        var (folder, count, workers) = (line.GetRequiredValue(_photos), line.GetValue(_count), line.GetValue(_workers));
        if (!Directory.Exists(folder))
            throw new UsageException($"--photos {folder} is not there. Name a folder with photos.");
        if (count < 1 || workers is < 1 or > 64)
            throw new UsageException("--count must be at least 1, --workers 1 to 64.");
        var photos = PhotoFiles.Of(folder).Photos.Select(photo => photo.Path).ToArray();
        if (photos.Length == 0)
            throw new UsageException($"--photos {folder} holds no photos. Name a folder with photos.");

        var settings = shell.Settings(line);
        if (line.GetValue(_flows))
            return await CompareAsync(shell, settings, photos, count, workers, cancellation);
        if (line.GetValue(_turned))
            return await CompareTurnedAsync(shell, settings, photos, count, cancellation);

        settings[$"{FaceModelOptions.Section}:{nameof(FaceModelOptions.Workers)}"] = $"{workers}";
        await using var services = shell.Services(settings, Shell.DataFolder(settings)).BuildServiceProvider();
        var plan = line.GetValue(_fast) ? DetectionPlan.Fast : DetectionPlan.Thorough;
        var job = Job(services, photos, plan);
        await job.WarmUpAsync(cancellation);
        PhotoJobTimes? times = null;
        await shell.Terminal.ProgressAsync("Recognising photos", count, async progress => times = await job.RunAsync(count, workers, progress, cancellation));
        shell.Terminal.Out.Write(Table(times!, plan));
        if (line.GetValue(_file) is { } file)
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(times, _json), cancellation);
        return ExitCode.Success;
    }

    /// <summary>Alternates the measurements, so that other load on the machine affects both.</summary>
    private static async Task<int> CompareAsync(
        Shell shell, IConfigurationRoot settings, string[] photos, int count, int workers, CancellationToken cancellation)
    {
        await using var server = await TemporaryServer.StartAsync(settings, cancellation);
        var direct = Job(server.Services, photos, DetectionPlan.Thorough);
        var flows = ActivatorUtilities.CreateInstance<FlowsJob>(server.Services, (IReadOnlyList<string>)photos);
        var nobody = new Progress<int>();
        await direct.WarmUpAsync(cancellation);
        _ = await flows.RunAsync(Math.Min(count, WarmUp), cancellation);
        var (without, with) = (TimeSpan.Zero, TimeSpan.Zero);
        await shell.Terminal.ProgressAsync("Rounds without and with the flows", Rounds, async progress =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                without += (await direct.RunAsync(count, workers, nobody, cancellation)).Elapsed;
                with += await flows.RunAsync(count, cancellation);
                progress.Report(round + 1);
            }
        });
        var (fast, slow) = (Rounds * count / without.TotalSeconds, Rounds * count / with.TotalSeconds);
        shell.Terminal.Out.Write(new Table().Border(TableBorder.Simple)
            .AddColumns("photos a second", Text($"{Rounds} rounds of {count} photos, in turns"))
            .AddRow("file to names, without queues", Text($"{fast:0.00}"))
            .AddRow("through all queues and flows", Text($"{slow:0.00}"))
            .AddRow("the flows cost", Text($"{(1 - (slow / fast)) * 100:0.0} %")));
        return ExitCode.Success;
    }

    /// <summary>Works on each photo in turns and compares the shortest times of the processor: other load on the machine affects these least.</summary>
    private static async Task<int> CompareTurnedAsync(Shell shell, IConfigurationRoot settings, string[] photos, int count, CancellationToken cancellation)
    {
        var setting = $"{FaceModelOptions.Section}:{nameof(FaceModelOptions.TurnedPhotos)}";
        settings[$"{FaceModelOptions.Section}:{nameof(FaceModelOptions.Workers)}"] = "1";
        settings[setting] = bool.FalseString;
        await using var upright = shell.Services(settings, Shell.DataFolder(settings)).BuildServiceProvider();
        var without = Job(upright, photos, DetectionPlan.Thorough);
        await without.WarmUpAsync(cancellation);
        settings[setting] = bool.TrueString;
        await using var any = shell.Services(settings, Shell.DataFolder(settings)).BuildServiceProvider();
        var with = Job(any, photos, DetectionPlan.Thorough);
        await with.WarmUpAsync(cancellation);

        var (rounds, times) = (Math.Max(count / photos.Length, 1), photos.Select(_ => (Without: TimeSpan.MaxValue, With: TimeSpan.MaxValue)).ToArray());
        await shell.Terminal.ProgressAsync("Photos without and with", photos.Length, async progress =>
        {
            for (var i = 0; i < photos.Length; i++)
            {
                for (var round = 0; round < rounds; round++)
                {
                    var first = await without.WorkAsync(photos[i], cancellation);
                    var second = await with.WorkAsync(photos[i], cancellation);
                    times[i] = (first < times[i].Without ? first : times[i].Without, second < times[i].With ? second : times[i].With);
                }

                progress.Report(i + 1);
            }
        });
        var (plain, looking) = (times.Sum(time => time.Without.TotalMilliseconds), times.Sum(time => time.With.TotalMilliseconds));
        shell.Terminal.Out.Write(new Table().Border(TableBorder.Simple)
            .AddColumns("looking for photos that are not upright", Text($"{photos.Length} photos, the best of {rounds} rounds in turns"))
            .AddRow("without", Text($"{plain / photos.Length:0.0} ms of the processor a photo"))
            .AddRow("with", Text($"{looking / photos.Length:0.0} ms"))
            .AddRow("takes longer", Text($"{((looking / plain) - 1) * 100:0.0} %")));
        return ExitCode.Success;
    }

    private static PhotoJob Job(IServiceProvider services, string[] photos, DetectionPlan plan) =>
        ActivatorUtilities.CreateInstance<PhotoJob>(services, (IReadOnlyList<string>)photos, plan);

    private static Table Table(PhotoJobTimes times, DetectionPlan plan)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("file to names", Text($"{plan}, {times.Workers} workers"));
        _ = table.AddRow("photos a second", Text($"{times.PhotosPerSecond:0.0}"));
        _ = table.AddRow("photos, faces", Text($"{times.Photos}, {times.Faces}"));
        foreach (var (stage, time) in Stages(times))
            _ = table.AddRow(stage, Text($"{time.TotalMilliseconds / times.Photos:0.0} ms a photo"));
        if (times.Overhead is { } overhead)
            _ = table.AddRow("longer than the bare networks", Text($"{overhead * 100:0} %"));
        return table
            .AddRow("memory until photo 100", Text($"{times.SteadyMemory >> 20} MB"))
            .AddRow("memory at most", Text($"{times.PeakMemory >> 20} MB"));
    }

    private static IEnumerable<(string Stage, TimeSpan Time)> Stages(PhotoJobTimes times)
    {
        yield return ("decode", times.Decoding);
        yield return ("detect, landmarks, quality", times.Detecting);
        yield return ("describe", times.Embedding);
        yield return ("name", times.Naming);
        if (times.Inference is { } bare)
        {
            yield return ("bare detector", bare.Detector);
            yield return ("bare landmarks", bare.Landmarks);
            yield return ("bare recogniser", bare.Recogniser);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Atmosphere.Bench.Scale;
using Atmosphere.Bot.Console;
using Atmosphere.Bot.Console.Clients;
using Atmosphere.Bot.Console.Playground;
using Atmosphere.Recognition.Flows.Distribution;
using Spectre.Console;

namespace Atmosphere.Bench.Verbs;

/// <summary>Atmosphere.Bench scale: whether a parent notices how many others there are.</summary>
internal static class ScaleVerb
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerOptions.Web) { WriteIndented = true };
    private static readonly Option<int> _participants = Count("--participants", "Participants", 10_000);
    private static readonly Option<int> _groups = Count("--groups", "Groups", 300);
    private static readonly Option<int> _persons = Count("--persons", "Registered persons", 9_000);
    private static readonly Option<int> _photos = Count("--photos", "Photos with three faces each", 50_000);
    private static readonly Option<int> _rounds = Count("--rounds", "Measurements of each kind, the two systems in turns", 15);
    private static readonly Option<string?> _file = new("--json") { Description = "Also write the figures as JSON", HelpName = "FILE" };

    public static Command Create(Shell shell)
    {
        var command = new Command("scale", "What a parent waits for in a system full of others, against an empty one")
        {
            _participants, _groups, _persons, _photos, _rounds, _file,
        };
        command.SetAction((line, cancellation) => RunAsync(shell, line, cancellation));
        return command;
    }

    private static Option<int> Count(string name, string description, int value) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };

    private static async Task<int> RunAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        var size = new CrowdSize(line.GetValue(_participants), line.GetValue(_groups), line.GetValue(_persons), line.GetValue(_photos));
        var rounds = line.GetValue(_rounds);
        if (size.Problems().Append(rounds is < 1 or > 1000 ? "--rounds must be 1 to 1000." : null).OfType<string>().FirstOrDefault() is { } problem)
            throw new UsageException(problem);

        await using var calm = await TemporaryServer.StartAsync(Settings(), cancellation);
        await using var full = await TemporaryServer.StartAsync(Settings(), cancellation);
        using var empty = new ScaleBench(calm);
        using var crowded = new ScaleBench(full);
        await ActivatorUtilities.CreateInstance<Crowd>(full.Services).WriteAsync(size, cancellation);
        var times = await MeasureAsync(empty, crowded, rounds, cancellation);

        var table = new Table().Border(TableBorder.Simple).AddColumns("what a parent waits for", "empty, ms", "full, ms", "full : empty");
        foreach (var time in times)
            table.AddRow(time.What, Text(time.EmptyMilliseconds), Text(time.FullMilliseconds), Text(time.Ratio, "0.00"));
        shell.Terminal.Out.Write(table);
        shell.Terminal.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Medians of {rounds}. Full: {size.Participants:N0} participants, {size.Groups:N0} groups, {size.Persons:N0} persons, {size.Photos:N0} photos."));
        if (line.GetValue(_file) is { } file)
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(times, _json), cancellation);
        return ExitCode.Success;

        IConfigurationRoot Settings()
        {
            var settings = shell.Settings(line);
            // The same photo is posted again and again.
            settings[$"{DistributionOptions.Section}:{nameof(DistributionOptions.BurstDistance)}"] = "0";
            settings[$"{DistributionOptions.Section}:{nameof(DistributionOptions.Reposts)}"] = "00:00:00";
            return settings;
        }
    }

    /// <summary>In turns, so that what the machine does besides falls on both.</summary>
    private static async Task<IReadOnlyList<ScaleTime>> MeasureAsync(ScaleBench empty, ScaleBench full, int rounds, CancellationToken cancellation)
    {
        var photo = Path.Combine(SamplePhotos.Folder, "sample2.jpg");
        foreach (var bench in (ScaleBench[])[empty, full])
        {
            using var parent = await DirectLineClient.StartAsync(bench.Server.Address, cancellation);
            await ChildRegistration.ByChatAsync(parent, "Maya", photo, 2, null, cancellation);
            await bench.MyChildrenAsync(cancellation);
            await bench.GroupPhotoAsync(photo, cancellation);
        }

        return
        [
            await InTurnsAsync("the answer to 'my children'", rounds * 10, (bench, _) => bench.MyChildrenAsync(cancellation)),
            await InTurnsAsync("a group photo, from the post to the parent", rounds, (bench, _) => bench.GroupPhotoAsync(photo, cancellation)),
            await InTurnsAsync("a removal, from the wish to the receipt", rounds, (bench, round) => bench.RemovalAsync(photo, $"Noa {round}", 3, cancellation)),
        ];

        async Task<ScaleTime> InTurnsAsync(string what, int count, Func<ScaleBench, int, Task<double>> measure)
        {
            var (calm, busy) = (new List<double>(), new List<double>());
            for (var round = 0; round < count; round++)
            {
                calm.Add(await measure(empty, round));
                busy.Add(await measure(full, round));
            }

            return new ScaleTime(what, Median(calm), Median(busy));
        }
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static string Text(double number, string format = "0.0") => number.ToString(format, CultureInfo.InvariantCulture);

    private sealed record ScaleTime(string What, double EmptyMilliseconds, double FullMilliseconds)
    {
        public double Ratio => FullMilliseconds / EmptyMilliseconds;
    }
}

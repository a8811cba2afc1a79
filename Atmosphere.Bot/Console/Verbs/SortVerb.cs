using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Atmosphere.Bot.Console.Sort;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere sort</summary>
internal static class SortVerb
{
    private const int DefaultWorkers = 2;
    private const int MostWorkers = 64;

    private static readonly Option<string> _people = new("--people") { Description = "One sub-folder a person, with photos of that person", HelpName = "DIR", Required = true };
    private static readonly Option<string> _photos = new("--photos") { Description = "The photos to sort, with those of its sub-folders", HelpName = "DIR", Required = true };
    private static readonly Option<string> _out = new("--out") { Description = "Gets a folder for each person, 'uncertain' and 'nobody'", HelpName = "DIR", Required = true };
    private static readonly Option<string?> _json = new("--json") { Description = "Also write what was found: one line of JSON a photo", HelpName = "FILE" };
    private static readonly Option<bool> _copy = new("--copy") { Description = "Lay copies into --out (the default)" };
    private static readonly Option<bool> _link = new("--link") { Description = "Lay symbolic links into --out instead of copies" };
    private static readonly Option<bool> _fast = new("--fast") { Description = "Look once: quicker, misses more small faces" };
    private static readonly Option<int> _workers = new("--workers")
    {
        Description = $"Photos at a time, one core each (1 to {MostWorkers})",
        HelpName = "N",
        DefaultValueFactory = _ => DefaultWorkers,
    };

    public static Command Create(Shell shell)
    {
        var command = new Command(
            "sort", "Sort photos by the persons in them; a run that was stopped is continued by the same command")
        {
            _people, _photos, _out, _json, _copy, _link, _fast, _workers,
        };
        command.SetAction((line, cancellation) => RunAsync(shell, line, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        var sort = Read(line);
        var people = People.Read(sort.People);
        var photos = PhotoFiles.Of(sort.Photos, except: sort.Out);
        if (photos.Photos.Count == 0 && photos.Odd.Count == 0)
            throw new UsageException($"--photos {sort.Photos} holds no photos. Name a folder with photos.");

        var settings = shell.Settings(line);
        settings[$"{FaceModelOptions.Section}:{nameof(FaceModelOptions.Workers)}"] = $"{sort.Workers}";
        await using var services = shell.Services(settings, StateFolder(settings, sort.Out))
            .AddSingleton(sort)
            .AddSingleton<PhotoReading>()
            .AddSingleton<Enrolment>()
            .AddSingleton<SortState>()
            .AddSingleton<SortRun>()
            .BuildServiceProvider();
        await Schema.Recognition.ApplyAsync(services.GetRequiredService<Database>(), TimeProvider.System, cancellation);

        var models = services.GetRequiredService<IOptions<FaceModelOptions>>().Value;
        var naming = JsonSerializer.Serialize(services.GetRequiredService<FaceNaming>().Rules);
        var fingerprint = people.Fingerprint(
            services.GetRequiredService<IFaceEngine>().Model, $"{models.Detector} {models.DetectorFamily}", naming, sort.Fast ? "fast" : "thorough");
        var summary = await services.GetRequiredService<SortRun>().RunAsync(people, photos, fingerprint, cancellation);
        shell.Terminal.Out.Write(summary.ToTable());
        shell.Terminal.Line($"Sorted into {sort.Out}");
        return summary.Failed < summary.Photos
            ? ExitCode.Success
            : throw new VerbException($"None of the {summary.Photos:N0} photos of --photos {sort.Photos} could be read; the reasons stand above.");
    }

    private static SortSettings Read(ParseResult line)
    {
        if (line.GetValue(_copy) && line.GetValue(_link))
            throw new UsageException("--copy and --link exclude each other. Give one of them.");
        if (line.GetValue(_workers) is < 1 or > MostWorkers)
            throw new UsageException($"--workers {line.GetValue(_workers)} is out of range. Use 1 to {MostWorkers}.");

        var sort = new SortSettings(
            Full(line.GetRequiredValue(_people)),
            Full(line.GetRequiredValue(_photos)),
            Full(line.GetRequiredValue(_out)),
            line.GetValue(_json) is { } json ? Full(json) : null,
            line.GetValue(_link),
            line.GetValue(_fast),
            line.GetValue(_workers));
        sort.Check();
        return sort;
    }

    private static string Full(string path) => path.Length > 0
        ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))
        : throw new UsageException("A folder or file has an empty name. Try 'atmosphere sort --help'.");

    // Face vectors stay in the data folder, because --out is meant to be passed on.
    private static string StateFolder(IConfiguration settings, string output) =>
        Path.Combine(Shell.DataFolder(settings), "sort", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(output)))[..16]);
}

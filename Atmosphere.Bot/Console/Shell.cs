using System.CommandLine;
using Atmosphere.Recognition;
using Atmosphere.Recognition.Faces.Catalogue;
using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Settings;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console;

/// <summary>What every verb gets: the terminal, the settings, and the shared options.</summary>
/// <param name="terminal">The terminal.</param>
/// <param name="overrides">Command-line settings, such as Atmosphere:Imaging:MaxMegapixels; they override all other sources.</param>
internal sealed class Shell(Terminal terminal, IReadOnlyDictionary<string, string?> overrides)
{
    public const string DataKey = StorageOptions.DataKey;

    public Terminal Terminal => terminal;

    /// <summary>--data DIR, accepted by every verb.</summary>
    public Option<string?> Data { get; } = new("--data")
    {
        Description = "Folder of everything that is kept (default: ./data)",
        HelpName = "DIR",
        Recursive = true,
    };

    /// <summary>--verbose, accepted by every verb.</summary>
    public Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "If it fails, print where in the program, too",
        Recursive = true,
    };

    /// <summary>--urls URL, for verbs that run or query a server.</summary>
    public Option<string?> Urls { get; } = new("--urls")
    {
        Description = "Addresses to serve at, separated by ; (default: http://localhost:3978)",
        HelpName = "URL",
    };

    /// <summary>
    /// Reads, in this order: appsettings.json beside the program, then that of the current folder, the environment (Atmosphere__Key),
    /// --Atmosphere:Key=value, --data. Later sources win.
    /// </summary>
    public IConfigurationRoot Settings(ParseResult line)
    {
        var builder = new ConfigurationBuilder();
        foreach (var folder in new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() }.Distinct())
            builder.AddJsonFile(Path.Combine(folder, "appsettings.json"), optional: true, reloadOnChange: false);

        builder.AddEnvironmentVariables().AddInMemoryCollection(overrides);
        if (line.GetValue(Data) is { } data)
            builder.AddInMemoryCollection([new(DataKey, data)]);
        try
        {
            var settings = builder.Build();
            return KnownSettings.Unknown(settings, [typeof(RecognitionModule).Assembly, typeof(Shell).Assembly], DataKey) is { Count: > 0 } unknown
                ? throw new UsageException(string.Join(Environment.NewLine, unknown))
                : settings;
        }
        catch (InvalidDataException broken)
        {
            throw new UsageException($"{broken.Message} {broken.InnerException?.Message} Correct the file, or remove it to run with the defaults.");
        }
    }

    /// <summary>The data folder as a full path; a relative one is resolved from the current folder.</summary>
    public static string DataFolder(IConfiguration settings) => StorageOptions.DataFolder(settings);

    /// <summary>All services of the server; nothing is started.</summary>
    public static IServiceCollection Everything(IConfiguration settings) =>
        new ServiceCollection().AddSingleton(settings).AddLogging().AddProgramItself().AddRecognition(settings).AddBot(settings);

    /// <summary>The services of photo recognition, with a database in the given folder.</summary>
    public IServiceCollection Services(IConfiguration settings, string databaseFolder) => new ServiceCollection()
        .AddSingleton(settings)
        .AddSingleton(terminal)
        .AddSingleton(TimeProvider.System)
        .AddLogging()
        .AddSingleton(_ => new Database(databaseFolder))
        .AddProgramItself()
        .AddImaging()
        .AddOnnxFaces()
        .AddKnownModels()
        .AddFaceCollections();
}

using Atmosphere.Bot.Console.Backup;
using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Console.Doctor;

/// <summary>All checks of doctor, ordered by their dependencies.</summary>
internal static class Checks
{
    /// <param name="services">The services of photo recognition.</param>
    /// <param name="dataFolder">Full path.</param>
    /// <param name="urls">Addresses to listen on.</param>
    public static IReadOnlyList<Check> Of(IServiceProvider services, string dataFolder, string urls) =>
    [
        new Check("settings", () => Settings(services)),
        new Check("libvips", () => services.GetRequiredService<PhotoDecoder>().LibraryVersion),
        new Check("HEIC photos", async cancellation => await services.GetRequiredService<PhotoIntake>().HeicVersionAsync(cancellation) is { } version
            ? $"libheif {version}"
            : $"not read here. {PhotoIntake.HeicRemedy}"),
        new Check("ONNX Runtime", () => Models(services).Runtime()),
        new Check("SQLite", SqliteLibrary.Use),
        new Check("face networks", () => FaceNetworks.Present(Models(services))),
        new Check("face engine", cancellation => FaceNetworks.SeeAsync(services, cancellation)),
        new Check("recogniser", cancellation => Recogniser.SeeAsync(services, dataFolder, cancellation)),
        new Check("data folder", () => DataFolder.Writable(dataFolder)),
        new Check("privacy of files", () => DataFolder.OwnerOnly(dataFolder)),
        new Check("restored copy", cancellation => DataFolder.RestoredAsync(dataFolder, cancellation)),
        new Check("backup", () => LastBackup.Describe(dataFolder, TimeProvider.System)),
        new Check("who decides", cancellation => WhoDecides.SeeAsync(dataFolder, services.GetRequiredService<IColleagues>().Listening, cancellation)),
        new Check("free disk", () => DataFolder.FreeDisk(dataFolder)),
        .. urls.Split(';').Select(url => new Check("address", cancellation => Address.FreeAsync(url, dataFolder, cancellation))),
    ];

    private static string Settings(IServiceProvider services)
    {
        services.GetService<IStartupValidator>()?.Validate();
        return "valid";
    }

    private static FaceModelReport Models(IServiceProvider services) => new(services.GetRequiredService<IOptions<FaceModelOptions>>().Value);
}

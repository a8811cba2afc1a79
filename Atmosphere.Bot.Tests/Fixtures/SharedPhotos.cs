using System.Reflection;

namespace Atmosphere.Bot.Tests.Fixtures;

/// <summary>The real photos and foreign models that some tests measure on: they are not part of the repository.</summary>
internal static class SharedPhotos
{
    /// <summary>Environment ATMOSPHERE_PHOTOS, else ../shared/photos beside the solution.</summary>
    public static string Folder { get; } = Find("ATMOSPHERE_PHOTOS", "photos");

    /// <summary>Environment ATMOSPHERE_MODELS, else ../shared/models beside the solution.</summary>
    public static string Models { get; } = Find("ATMOSPHERE_MODELS", "models");

    /// <summary>The six sample photos that come with the face networks: always there.</summary>
    public static string Samples { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "face-api");

    /// <summary>The file or folder, such as Path("group", "bbt1.jpg"); skips the test where the shared photos are missing.</summary>
    public static string Path(params string[] parts)
    {
        SkipIfMissing();
        return System.IO.Path.Combine([Folder, .. parts]);
    }

    /// <summary>Skips the test by name where the photos are missing.</summary>
    public static void SkipIfMissing() =>
        Assert.SkipUnless(Directory.Exists(Folder), $"The shared photos are not at {Folder}; name their folder in ATMOSPHERE_PHOTOS.");

    /// <summary>Skips the test by name where the foreign models are missing.</summary>
    public static void SkipIfModelsMissing() =>
        Assert.SkipUnless(Directory.Exists(Models), $"The shared models are not at {Models}; name their folder in ATMOSPHERE_MODELS.");

    private static string Find(string variable, string folder)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named)
            return System.IO.Path.GetFullPath(named);

        var solution = typeof(SharedPhotos).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "SolutionRoot").Value!;
        return System.IO.Path.GetFullPath(System.IO.Path.Combine(solution, "..", "shared", folder));
    }
}

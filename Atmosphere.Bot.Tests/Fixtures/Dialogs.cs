using System.Reflection;

namespace Atmosphere.Bot.Tests.Fixtures;

/// <summary>The dialogs folder of the sources.</summary>
internal static class Dialogs
{
    public static string Folder { get; } = Path.Combine(
        typeof(Dialogs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "SolutionRoot").Value!, "dialogs");

    /// <summary>Whether generated files are to be written anew: ATMOSPHERE_ACCEPT=1.</summary>
    public static bool Accept => Environment.GetEnvironmentVariable("ATMOSPHERE_ACCEPT") == "1";

    /// <summary>Such as connect-person/one-photo.chat.</summary>
    public static string NameOf(string file) => Path.GetRelativePath(Folder, file).Replace('\\', '/');
}

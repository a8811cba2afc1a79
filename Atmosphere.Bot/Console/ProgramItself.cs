using System.Reflection;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Console;

/// <summary>How this program starts itself, to decode a photo in a process of its own.</summary>
internal static class ProgramItself
{
    public static IServiceCollection AddProgramItself(this IServiceCollection services) => services.AddSingleton(Find());

    private static OwnProgram Find()
    {
        var own = typeof(ProgramItself).Assembly;
        var process = Environment.ProcessPath ?? "";
        var library = Path.Combine(AppContext.BaseDirectory, $"{own.GetName().Name}.dll");
        var isDotnet = Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        // A single file has no library beside it. Under another program, such as a test, the library is run by dotnet.
        return (Assembly.GetEntryAssembly() == own && !isDotnet) || !File.Exists(library)
            ? new OwnProgram(process, [])
            : new OwnProgram(isDotnet ? process : "dotnet", [library]);
    }
}

using Atmosphere.Recognition.Imaging.Heif;

namespace Atmosphere.Recognition.Imaging;

/// <summary>How the program starts itself, to decode a photo of a risky kind in a process of its own.</summary>
/// <param name="File">The program, or dotnet.</param>
/// <param name="Arguments">Those that come first.</param>
public sealed record OwnProgram(string File, IReadOnlyList<string> Arguments)
{
    /// <summary>Runs as such a process, if the arguments say so.</summary>
    /// <returns>The exit code; null: they do not.</returns>
    public static int? RunAsDecoder(string[] arguments) => arguments is [HeifChild.Verb, ..] ? HeifChild.Run(arguments[1..]) : null;
}

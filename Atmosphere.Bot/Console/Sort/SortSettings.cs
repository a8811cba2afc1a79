namespace Atmosphere.Bot.Console.Sort;

/// <summary>The settings of a sort. All paths are full.</summary>
/// <param name="People">A folder with one sub-folder per person.</param>
/// <param name="Photos">The folder to sort, including sub-folders.</param>
/// <param name="Out">The output folder, with one folder per person, "uncertain" and "nobody".</param>
/// <param name="Json">The JSON file, one line per photo; null: none.</param>
/// <param name="Link">Create symbolic links instead of copies.</param>
/// <param name="Fast">One detection pass per photo.</param>
/// <param name="Workers">Number of concurrent photos.</param>
internal sealed record SortSettings(string People, string Photos, string Out, string? Json, bool Link, bool Fast, int Workers)
{
    /// <exception cref="UsageException">A folder is missing, or two folders overlap.</exception>
    public void Check()
    {
        RequireFolder("--people", People);
        RequireFolder("--photos", Photos);
        if (File.Exists(Out))
            throw new UsageException($"--out {Out} is a file. Name a folder; it is made where it is missing.");
        if (Json is not null && Directory.Exists(Json))
            throw new UsageException($"--json {Json} is a folder. Name a file.");
        if (IsInside(Photos, Out) || IsInside(People, Out))
            throw new UsageException($"--out {Out} holds the photos that are read. Name a folder of its own.");
        if (IsInside(Out, People))
            throw new UsageException($"--out {Out} lies in the people folder and would become a person. Name a folder elsewhere.");
    }

    private static void RequireFolder(string option, string path)
    {
        if (!Directory.Exists(path))
            throw new UsageException($"{option} {path} is no folder. Name one that exists.");
    }

    private static bool IsInside(string path, string folder) =>
        path == folder || path.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}

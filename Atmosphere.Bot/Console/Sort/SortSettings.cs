namespace Atmosphere.Bot.Console.Sort;

/// <summary>What was asked of a sort. All paths are full.</summary>
/// <param name="People">One sub-folder a person.</param>
/// <param name="Photos">Searched with its sub-folders.</param>
/// <param name="Out">Gets one folder a person, "uncertain" and "nobody".</param>
/// <param name="Json">Gets one line a photo; null: none is written.</param>
/// <param name="Link">Symbolic links instead of copies.</param>
/// <param name="Fast">One detection pass a photo.</param>
/// <param name="Workers">Photos at a time.</param>
internal sealed record SortSettings(string People, string Photos, string Out, string? Json, bool Link, bool Fast, int Workers)
{
    /// <exception cref="UsageException">A folder is missing, or two of them get into each other's way.</exception>
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

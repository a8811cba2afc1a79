namespace Atmosphere.Bot.Console.Sort;

/// <summary>Writes the sorted copies. Files are written atomically, and files of other programs are never overwritten.</summary>
internal sealed class OutFolder(string root, bool link)
{
    public const string Uncertain = "uncertain";
    public const string Nobody = "nobody";

    private const string Unfinished = ".unfinished";

    /// <summary>Removes the unfinished files of an interrupted run.</summary>
    public void RemoveUnfinished()
    {
        if (!Directory.Exists(root))
            return;
        foreach (var file in Directory.EnumerateDirectories(root).SelectMany(folder => Directory.EnumerateFiles(folder, $".*{Unfinished}")).ToList())
            File.Delete(file);
    }

    /// <summary>Chooses a path for a new copy: the photo's own name, with a number appended if it is taken.</summary>
    /// <param name="folder">The folder of a person, or one of the two others.</param>
    /// <param name="photo">The photo.</param>
    /// <param name="taken">Whether a path belongs to another photo.</param>
    /// <returns>The path relative to the output folder.</returns>
    public string Choose(string folder, PhotoFile photo, Func<string, bool> taken)
    {
        var name = Path.GetFileName(photo.Path);
        for (var number = 1; ; number++)
        {
            var numbered = number == 1 ? name : $"{Path.GetFileNameWithoutExtension(name)} ({number}){Path.GetExtension(name)}";
            var path = Path.Combine(folder, numbered);
            if (!taken(path) && !IsForeign(Path.Combine(root, path), photo))
                return path;
        }
    }

    public bool Has(string path) => File.Exists(Path.Combine(root, path));

    public void Put(string path, PhotoFile photo)
    {
        var target = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var unfinished = Path.Combine(Path.GetDirectoryName(target)!, $".{Guid.NewGuid():N}{Unfinished}");
        try
        {
            if (link)
                File.CreateSymbolicLink(unfinished, photo.Path);
            else
                File.Copy(photo.Path, unfinished);
            File.Move(unfinished, target, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    public void Remove(string path)
    {
        if (Directory.Exists(Path.GetDirectoryName(Path.Combine(root, path))))
            File.Delete(Path.Combine(root, path));
    }

    // A copy made by an earlier run whose notes were lost is not foreign.
    private static bool IsForeign(string target, PhotoFile photo)
    {
        var there = new FileInfo(target);
        if (there.LinkTarget is { } linked)
            return linked != photo.Path;
        if (!there.Exists)
            return Directory.Exists(target);
        return there.Length != photo.Length || !SameBytes(target, photo.Path);
    }

    private static bool SameBytes(string one, string other)
    {
        using var a = File.OpenRead(one);
        using var b = File.OpenRead(other);
        var (left, right) = (new byte[1 << 16], new byte[1 << 16]);
        for (; ; )
        {
            var read = a.ReadAtLeast(left, left.Length, throwOnEndOfStream: false);
            if (b.ReadAtLeast(right, right.Length, throwOnEndOfStream: false) != read || !left.AsSpan(0, read).SequenceEqual(right.AsSpan(0, read)))
                return false;
            if (read < left.Length)
                return true;
        }
    }
}

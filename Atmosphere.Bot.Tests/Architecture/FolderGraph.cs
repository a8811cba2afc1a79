using System.Text.RegularExpressions;

namespace Atmosphere.Bot.Tests.Architecture;

/// <summary>Which folder names types of which other, sub-folders included.</summary>
internal static partial class FolderGraph
{
    /// <summary>The folders that use each other, directly or by way of others.</summary>
    public static IEnumerable<string> InCycles(IReadOnlyList<SourceFile> files)
    {
        var uses = Uses(files);
        return uses.Keys.Where(folder => Reachable(folder, uses).Contains(folder));
    }

    private static Dictionary<string, HashSet<string>> Uses(IReadOnlyList<SourceFile> files)
    {
        var declared = files
            .SelectMany(file => file.Declared.Distinct(), (file, name) => (File: file, Name: name))
            .ToLookup(type => type.Name, type => type.File);
        var uses =
            from file in files
            where !Composition().IsMatch(file.Path)
            from name in file.Named
            from other in declared[name]
            where other.Folder != file.Folder && !declared[name].Contains(file) && file.Sees(other)
            group other.Folder by file.Folder;
        return uses.ToDictionary(folder => folder.Key, folder => folder.ToHashSet());
    }

    private static HashSet<string> Reachable(string from, Dictionary<string, HashSet<string>> uses)
    {
        var (reached, open) = (new HashSet<string>(), new Stack<string>([from]));
        while (open.TryPop(out var folder))
        {
            foreach (var next in uses.GetValueOrDefault(folder, []).Where(reached.Add))
                open.Push(next);
        }
        return reached;
    }

    // What is composed of everything may name everything.
    [GeneratedRegex(@"(?:Module|Services|Flow|Endpoints|Registration|Program|Server|CommandLine)\.cs$")]
    private static partial Regex Composition();
}

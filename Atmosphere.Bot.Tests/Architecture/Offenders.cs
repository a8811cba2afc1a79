using System.Text.RegularExpressions;

namespace Atmosphere.Bot.Tests.Architecture;

/// <summary>
/// What breaks a rule of the architecture today stands in offenders.txt, one a line. The list only gets shorter: whoever breaks a rule anew is
/// named, and so is a line that is not true any more.
/// </summary>
public sealed partial class Offenders
{
    private const int MostFiles = 25;

    /// <summary>Rules that many statements need, each with the place in which alone its words stand; SQL files may have them, too.</summary>
    private static readonly (string Name, string Words, string Home)[] _rules =
    [
        ("question-open", @"IN \('asked', 'voting'\)", "/Storage/Questions/"),
        ("person-living", @"NOT IN \('failed', 'erasing'\)", "/Storage/Rules.cs"),
        ("face-named", @"\bverdict = 'named'(?!,)", "/Storage/Rules.cs"),
        ("face-unnamed", @"\bverdict IN \('nobody', 'uncertain'\)", "/Storage/Rules.cs"),
        ("group-active", @"\bended_at IS NULL", "/Storage/Rules.cs"),
        ("consent-stands", @"\bwithdrawn_at IS NULL", "/Storage/Rules.cs"),
        ("photo-received", @"IN \('sent', 'delivered', 'read'\)", "/Storage/Rules.cs"),
    ];

    [Fact]
    public void The_list_of_offenders_only_gets_shorter()
    {
        var listed = File.ReadAllLines(Path.Combine(SourceFile.Root, "Atmosphere.Bot.Tests", "Architecture", "offenders.txt")).Where(line => line.Length > 0).ToHashSet();
        var found = Found(SourceFile.All).ToHashSet();
        var problems = found.Except(listed).Order(StringComparer.Ordinal).Select(line => $"A rule is broken anew: {line}")
            .Concat(listed.Except(found).Order(StringComparer.Ordinal).Select(line => $"Well done; delete this line of offenders.txt: {line}"))
            .ToList();
        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
    }

    private static IEnumerable<string> Found(IReadOnlyList<SourceFile> files) =>
        [
            .. files.Where(file => !file.IsInStorage).SelectMany(file => TablesIn(file, AnyStatement()), (file, table) => $"sql {file.Path} {table}"),
            .. files.Where(file => file.IsInStorage).SelectMany(
                file => TablesIn(file, Change()).Where(table => SourceFile.Tables.GetValueOrDefault(table, file.Folder) != file.Folder),
                (file, table) => $"change {file.Path} {table}"),
            .. FolderGraph.InCycles(files).Select(folder => $"cycle {folder}"),
            .. files.GroupBy(file => file.Folder).Where(folder => folder.Count() > MostFiles).Select(folder => $"crowded {folder.Key}"),
            .. from rule in _rules
               from file in files
               where !file.Path.Contains(rule.Home, StringComparison.Ordinal) && Regex.IsMatch(file.Texts, rule.Words)
               select $"rule {rule.Name} {file.Path}",
        ];

    /// <summary>The tables that the file's statements name; (any) where a statement computes the name.</summary>
    private static IEnumerable<string> TablesIn(SourceFile file, Regex statement) =>
        statement.Matches(file.Texts).Select(found => found.Groups[1].Value)
            .Select(name => name[0] == '{' ? "(any)" : name)
            .Where(name => name == "(any)" || SourceFile.Tables.ContainsKey(name))
            .Distinct();

    [GeneratedRegex(@"\b(?:FROM|JOIN|INTO|UPDATE|TABLE)\s+(\{|\w+)")]
    private static partial Regex AnyStatement();

    [GeneratedRegex(@"\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+(\w+)")]
    private static partial Regex Change();
}

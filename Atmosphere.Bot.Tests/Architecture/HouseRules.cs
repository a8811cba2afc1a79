using System.Text.RegularExpressions;

namespace Atmosphere.Bot.Tests.Architecture;

/// <summary>Rules of the architecture that a reader of one file does not see.</summary>
public sealed partial class HouseRules
{
    private const int MostFiles = 25;
    private const int MostLines = 300;

    /// <summary>Rules that many statements need, each with the only place that spells it out; SQL files may repeat it.</summary>
    public static TheoryData<string, string> SharedRules { get; } = new()
    {
        { @"IN \('asked', 'voting'\)", "/Storage/Questions/" },
        { @"NOT IN \('failed', 'erasing'\)", "/Storage/Rules.cs" },
        { @"\bverdict = 'named'(?!,)", "/Storage/Rules.cs" },
        { @"\bverdict IN \('nobody', 'uncertain'\)", "/Storage/Rules.cs" },
        { @"\bended_at IS NULL", "/Storage/Rules.cs" },
        { @"\bwithdrawn_at IS NULL", "/Storage/Rules.cs" },
        { @"IN \('sent', 'delivered', 'read'\)", "/Storage/Rules.cs" },
    };

    [Fact]
    public void Sql_stands_in_Storage() => None(
        from file in SourceFile.All
        where !file.IsInStorage
        from table in TablesIn(file, AnyStatement())
        select $"{file.Path} names {table} in SQL.");

    [Fact]
    public void A_table_is_changed_in_its_own_folder() => None(
        from file in SourceFile.All
        where file.IsInStorage
        from table in TablesIn(file, Change())
        where SourceFile.Tables.GetValueOrDefault(table, file.Folder) != file.Folder
        select $"{file.Path} changes {table}.");

    [Fact]
    public void No_folders_use_each_other() => None(FolderGraph.InCycles(SourceFile.All).Select(folder => $"{folder} is used by a folder that it uses."));

    [Fact]
    public void No_folder_is_crowded() => None(
        from folder in SourceFile.All.GroupBy(file => file.Folder)
        where folder.Count() > MostFiles
        select $"{folder.Key} holds {folder.Count()} files; at most {MostFiles} are allowed.");

    [Fact]
    public void A_call_of_the_c_library_is_guarded_by_the_operating_system() => None(
        from file in SourceFile.All
        where file.Texts.Contains("\"libc\"", StringComparison.Ordinal) && !file.Code.Contains("OperatingSystem.Is", StringComparison.Ordinal)
        select $"{file.Path} calls libc on every system.");

    [Fact]
    public void No_file_is_long() => None(
        from file in SourceFile.All
        let lines = File.ReadLines(Path.Combine(SourceFile.Root, file.Path)).Count()
        where lines > MostLines
        select $"{file.Path} has {lines} lines; split it by its ideas.");

    [Theory]
    [MemberData(nameof(SharedRules))]
    public void A_shared_rule_is_spelled_out_once(string words, string home) => None(
        from file in SourceFile.All
        where !file.Path.Contains(home, StringComparison.Ordinal) && Regex.IsMatch(file.Texts, words)
        select $"{file.Path} repeats {words}, which stands in {home}.");

    private static void None(IEnumerable<string> broken) => Assert.Equal("", string.Join(Environment.NewLine, broken.Order(StringComparer.Ordinal)));

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

using System.Reflection;
using System.Text.RegularExpressions;

namespace Atmosphere.Bot.Tests.Architecture;

/// <summary>A C# file of the product, read as text. What a compiler knows and a reader sees at once is enough here.</summary>
/// <param name="Path">From the root of the solution, with slashes.</param>
/// <param name="Usings">Namespaces, also of static and alias directives.</param>
/// <param name="Code">Without comments, directives and the words of strings; what interpolated strings compute stays.</param>
/// <param name="Texts">The strings, one a line.</param>
internal sealed partial record SourceFile(string Path, string Namespace, IReadOnlySet<string> Usings, string Code, string Texts)
{
    private static readonly string[] _keywords =
        ("abstract and as async await by case const do else equals event from group in internal into is join let new not on or orderby out override "
            + "params partial private protected public readonly ref required return sealed select static this throw unsafe using virtual when where yield")
        .Split(' ');

    private static readonly string[] _projects = ["Atmosphere.Recognition", "Atmosphere.Bot"];

    /// <summary>Folder of the solution.</summary>
    public static string Root { get; } = typeof(SourceFile).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "SolutionRoot").Value!;

    /// <summary>All files of the product, by their paths.</summary>
    public static IReadOnlyList<SourceFile> All { get; } = [.. Files("*.cs").Select(file => Read(file.Path, file.Text))];

    /// <summary>The tables of the schema, each with the folder whose SQL creates it: its owner.</summary>
    public static IReadOnlyDictionary<string, string> Tables { get; } = Files("*.sql")
        .SelectMany(file => CreatedTable().Matches(file.Text), (file, table) => (Table: table.Groups[1].Value, Owner: FolderOf(file.Path)))
        .ToDictionary(table => table.Table, table => table.Owner);

    public string Folder => FolderOf(Path);

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public bool IsInStorage => Path.Contains("/Storage/", StringComparison.Ordinal);

    /// <summary>The types and the extension methods that the file declares.</summary>
    public IEnumerable<string> Declared => Declaration().Matches(Code).Concat(Extension().Matches(Code)).Select(found => found.Groups[1].Value);

    /// <summary>The names that may be types, and those of methods that are called on something.</summary>
    public IEnumerable<string> Named => TypeName().Matches(Code).Where(name => !IsAfterType(name.Index))
        .Concat(Call().Matches(Code)).Select(found => found.Groups[1].Value).Distinct();

    /// <summary>Whether types of another file can be named without more words.</summary>
    public bool Sees(SourceFile other) => Usings.Contains(other.Namespace) || $"{Namespace}.".StartsWith($"{other.Namespace}.", StringComparison.Ordinal);

    /// <summary>What follows a type is the name of a member or a parameter, also where a type is called the same.</summary>
    private bool IsAfterType(int index) =>
        TypeBefore().Match(Code[Math.Max(0, index - 60)..index]) is { Success: true } before && !_keywords.Contains(before.Groups[1].Value);

    private static string FolderOf(string path) => path[..path.LastIndexOf('/')];

    private static IEnumerable<(string Path, string Text)> Files(string pattern) =>
        from project in _projects
        from file in Directory.EnumerateFiles(System.IO.Path.Combine(Root, project), pattern, SearchOption.AllDirectories)
        let path = System.IO.Path.GetRelativePath(Root, file).Replace('\\', '/')
        where path.Split('/')[1] is not ("bin" or "obj")
        orderby path
        select (path, File.ReadAllText(file));

    private static SourceFile Read(string path, string text)
    {
        var code = LineComment().Replace(Literal().Replace(text, literal => literal.Value[0] == '/' ? "" : Computed(literal.Value)), "");
        return new SourceFile(
            path,
            NamespaceLine().Match(code).Groups[1].Value,
            UsingLine().Matches(code).Select(line => line.Groups[1].Value).ToHashSet(),
            UsingLine().Replace(NamespaceLine().Replace(code, ""), ""),
            string.Join('\n', Literal().Matches(text).Select(literal => literal.Value).Where(literal => literal[0] != '/')));
    }

    /// <summary>What stands in the holes of an interpolated string.</summary>
    private static string Computed(string literal) =>
        literal[0] == '$' ? $"({string.Join(';', Hole().Matches(literal).Select(hole => hole.Groups[1].Value))})" : "\"\"";

    // A comment first: what looks like a string in it is none, and the other way round.
    [GeneratedRegex("""
        //[^\n]*|/\*[\s\S]*?\*/|\$*@?"{3}[\s\S]*?"{3}|(?:\$@|@\$|@)"(?:""|[^"])*"|\$?"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'
        """)]
    private static partial Regex Literal();

    [GeneratedRegex("//[^\n]*")]
    private static partial Regex LineComment();

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^(?:global )?using (?:static )?(?:\w+ = )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex UsingLine();

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record(?: struct| class)?|delegate [\w<>?,\[\] ]+?)\s+([A-Z]\w*)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\bstatic [^;={}]*?\b(\w+)(?:<[^>()]*>)?\(\s*this ")]
    private static partial Regex Extension();

    // Not what stands alone in its line, as the names of an enumeration do.
    [GeneratedRegex(@"(?<![\w.])(?<!^ *(?=[A-Z]\w+,?$))([A-Z]\w+)\b", RegexOptions.Multiline)]
    private static partial Regex TypeName();

    [GeneratedRegex(@"(\w+)(?:<[^<>]*>)?[?\]]* $")]
    private static partial Regex TypeBefore();

    [GeneratedRegex(@"\.(\w+)(?:<[^>()]*>)?\(")]
    private static partial Regex Call();

    [GeneratedRegex(@"CREATE TABLE (?:IF NOT EXISTS )?(\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex CreatedTable();
}

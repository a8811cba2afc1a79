using System.Reflection;
using System.Text.RegularExpressions;
using Atmosphere.Bench;
using Atmosphere.Bot.Console;

namespace Atmosphere.Bot.Tests.Architecture;

/// <summary>The pages that people read first: short, with links that lead somewhere, and with every verb.</summary>
public sealed partial class DocumentationTests
{
    private const int LongestFrontPage = 10_000;

    private static readonly string _root = typeof(DocumentationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "SolutionRoot").Value!;

    [Fact]
    public void The_front_page_is_short() =>
        Assert.InRange(new FileInfo(Path.Combine(_root, "README.md")).Length, 1, LongestFrontPage);

    [Fact]
    public void Every_link_of_a_page_leads_to_a_file() => Assert.Empty(
        from page in Pages()
        from Match link in Link().Matches(File.ReadAllText(page))
        let target = link.Groups["target"].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
        let path = Path.GetFullPath(target, Path.GetDirectoryName(page)!)
        where !File.Exists(path) && !Directory.Exists(path)
        select $"{Path.GetRelativePath(_root, page)}: {link.Value}");

    [Fact]
    public void Every_verb_stands_on_the_page_of_commands()
    {
        var page = File.ReadAllText(Path.Combine(_root, "docs", "commands.md"));
        var shell = new Shell(Terminal.OfProcess(TimeProvider.System), new Dictionary<string, string?>());
        var verbs = CommandLine.Verbs(shell, (_, _) => Task.CompletedTask).Subcommands
            .SelectMany(verb => verb.Name == "bench" ? verb.Subcommands.Select(bench => $"bench {bench.Name}") : [verb.Name])
            .Concat(BenchCommandLine.Verbs(shell).Subcommands.Select(verb => verb.Name));

        Assert.DoesNotContain(verbs, verb => !page.Contains($"| `{verb}", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(_root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(_root, "docs"), "*.md", SearchOption.AllDirectories));

    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}

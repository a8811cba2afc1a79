using System.Reflection;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Tests.Flows;

/// <summary>dialogs/flows shows what the tables say. With ATMOSPHERE_ACCEPT=1 the files are written anew instead.</summary>
public sealed class FlowDiagrams
{
    private static readonly string _root =
        typeof(FlowDiagrams).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "SolutionRoot").Value!;

    private static readonly string _folder = Path.Combine(_root, "dialogs", "flows");
    private static readonly string _page = Path.Combine(_root, "docs", "architecture.md");

    /// <summary>Every public static Table of a flow, in the program's two assemblies.</summary>
    internal static IReadOnlyList<FlowTable> Tables { get; } =
        [.. new[] { typeof(FlowTable).Assembly, typeof(Program).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Select(type => type.GetProperty("Table", BindingFlags.Public | BindingFlags.Static))
            .Where(property => property?.PropertyType == typeof(FlowTable))
            .Select(property => (FlowTable)property!.GetValue(null)!)
            .OrderBy(table => table.Name, StringComparer.Ordinal)];

    [Fact]
    public void Every_diagram_shows_its_table_and_no_diagram_is_left_over()
    {
        var drawn = Tables.ToDictionary(table => $"{table.Name}.mmd", table => FlowDiagram.Mermaid(table, Tables));
        if (Environment.GetEnvironmentVariable("ATMOSPHERE_ACCEPT") == "1")
            Accept(drawn);

        Assert.Equal(drawn.Keys.Order(StringComparer.Ordinal), Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(drawn, diagram => Assert.Equal(diagram.Value, File.ReadAllText(Path.Combine(_folder, diagram.Key))));
    }

    [Fact]
    public void The_architecture_page_shows_every_flow()
    {
        var page = File.ReadAllText(_page);
        foreach (var table in Tables)
        {
            var drawn = $"```mermaid\n{FlowDiagram.Mermaid(table, Tables).TrimEnd('\n')}\n```\n";
            var shown = DiagramUnder(table.Name, page);
            if (Environment.GetEnvironmentVariable("ATMOSPHERE_ACCEPT") == "1")
                File.WriteAllText(_page, page = page.Replace(shown, drawn, StringComparison.Ordinal));
            else
                Assert.Equal(drawn, shown);
        }
    }

    private static string DiagramUnder(string flow, string page)
    {
        var heading = page.IndexOf($"\n### {flow}\n", StringComparison.Ordinal);
        Assert.True(heading >= 0, $"docs/architecture.md has no section '### {flow}'; add one with a mermaid block.");
        var start = page.IndexOf("```mermaid\n", heading, StringComparison.Ordinal);
        return page[start..(page.IndexOf("\n```\n", start, StringComparison.Ordinal) + "\n```\n".Length)];
    }

    private static void Accept(Dictionary<string, string> drawn)
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
        Directory.CreateDirectory(_folder);
        foreach (var (name, text) in drawn)
            File.WriteAllText(Path.Combine(_folder, name), text);
    }
}

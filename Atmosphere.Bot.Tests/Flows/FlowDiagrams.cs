using System.Reflection;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Tests.Flows;

/// <summary>dialogs/flows shows what the tables say. With ATMOSPHERE_ACCEPT=1 the files are written anew instead.</summary>
public sealed class FlowDiagrams
{
    private static readonly string _folder = Path.Combine(
        typeof(FlowDiagrams).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "SolutionRoot").Value!,
        "dialogs",
        "flows");

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

    private static void Accept(Dictionary<string, string> drawn)
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
        Directory.CreateDirectory(_folder);
        foreach (var (name, text) in drawn)
            File.WriteAllText(Path.Combine(_folder, name), text);
    }
}

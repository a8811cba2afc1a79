using System.CommandLine;
using System.Text.Json;
using Atmosphere.Bot.Console.Operators;

namespace Atmosphere.Bot.Console.SetUp;

/// <summary>Prints rows as a table for people, or as JSON for programs.</summary>
internal static class Listing
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>--json</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print JSON" };

    public static void PrintJson(Terminal terminal, object value) => terminal.Line(JsonSerializer.Serialize(value, _json));

    /// <param name="terminal">The terminal.</param>
    /// <param name="columns">The column headings.</param>
    /// <param name="rows">The cells of each row.</param>
    /// <param name="none">Printed if there are no rows.</param>
    public static void PrintTable(Terminal terminal, string[] columns, IReadOnlyList<string[]> rows, string none)
    {
        if (rows.Count == 0)
        {
            terminal.Line(none);
            return;
        }

        terminal.Out.Write(Sheet.Rows(columns, rows, row => [.. row.Select(cell => cell.Length == 0 ? null : cell)]));
    }
}

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Atmosphere.Bot.Console.Operators;

/// <summary>Printing for operator verbs: a table for people, or JSON for programs.</summary>
internal static class Sheet
{
    private const int LongestCell = 120;

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void Json(Terminal terminal, object value) =>
        terminal.Out.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(value, _json));

    /// <summary>Columns whose title begins with # are numeric; the last other column may wrap.</summary>
    public static Table Table(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        var wrapped = Array.FindLastIndex(columns, column => column[0] != '#');
        foreach (var (index, column) in columns.Index())
        {
            table.AddColumn(new TableColumn(new Text(column.TrimStart('#')))
            {
                Alignment = column[0] == '#' ? Justify.Right : Justify.Left,
                NoWrap = index != wrapped || index == 0,
                Padding = new Padding(0, 0, index == columns.Length - 1 ? 0 : 1, 0),
            });
        }

        return table;
    }

    /// <summary>A table with one row per item.</summary>
    public static Table Rows<T>(string[] columns, IEnumerable<T> things, Func<T, object?[]> cells)
    {
        var table = Table(columns);
        foreach (var thing in things)
            table.Row(cells(thing));
        return table;
    }

    public static Table Row(this Table table, params object?[] cells) => table.AddRow([.. cells.Select(Cell)]);

    /// <summary>Prints name and value in two columns, the name in bold; null values are omitted.</summary>
    public static void Facts(Terminal terminal, params (string Name, object? Value)[] facts)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        foreach (var (name, value) in facts)
        {
            if (value is not null)
                grid.AddRow(new Text(name, new Style(decoration: Decoration.Bold)), new Text(Write(value)));
        }

        terminal.Out.Write(grid);
    }

    public static void Title(Terminal terminal, string title)
    {
        terminal.Line();
        terminal.Line(title, new Style(decoration: Decoration.Bold));
    }

    /// <summary>Formats a time, such as 2026-11-21 14:03:09Z.</summary>
    public static string Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Formats a duration, such as 3.2 s, 14 min, 5.0 h, 2.1 days.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 1 } => "now",
        { TotalSeconds: < 100 } => Say($"{age.TotalSeconds:0.0} s"),
        { TotalMinutes: < 100 } => Say($"{age.TotalMinutes:0} min"),
        { TotalHours: < 48 } => Say($"{age.TotalHours:0.0} h"),
        _ => Say($"{age.TotalDays:0.0} days"),
    };

    /// <summary>The first line of a text, shortened to fit a cell.</summary>
    public static string Short(string? text)
    {
        var line = (text ?? "").Split('\n', 2)[0].TrimEnd();
        return line.Length <= LongestCell ? line : string.Concat(line.AsSpan(0, LongestCell - 1), "…");
    }

    public static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static Text Cell(object? value) => value is null ? new Text("-", new Style(Color.Grey)) : new Text(Write(value), StyleOf(value));

    private static string Write(object value) => value switch
    {
        Enum word => word.ToString().ToLowerInvariant(),
        bool yes => yes ? "yes" : "no",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static Style? StyleOf(object value) => Write(value) is "failed" or "dead" or "unknown" ? Terminal.Bad : null;
}

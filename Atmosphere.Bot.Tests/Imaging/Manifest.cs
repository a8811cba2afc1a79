using System.Globalization;
using System.Text;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Imaging;

/// <param name="File">Name in the folder "odd".</param>
/// <param name="Expect">decode, refuse or either.</param>
/// <param name="Width">As stored, pixels; null where nobody knows.</param>
/// <param name="Height">As stored, pixels; null where nobody knows.</param>
/// <param name="Orientation">EXIF orientation; 1 where the row says nothing.</param>
internal sealed record ManifestRow(string File, string Expect, int? Width, int? Height, int Orientation);

/// <summary>The rows of odd/manifest.csv; none where the shared photos are missing.</summary>
internal static class Manifest
{
    public static IReadOnlyList<ManifestRow> Rows { get; } = Read(Path.Combine(SharedPhotos.Folder, "odd", "manifest.csv"));

    private static List<ManifestRow> Read(string path)
    {
        if (!File.Exists(path))
            return [];

        var lines = File.ReadAllLines(path).Select(Cells).ToList();
        var columns = lines[0];
        return [.. lines.Skip(1).Select(cells => new ManifestRow(
            cells[columns.IndexOf("file")],
            cells[columns.IndexOf("expect")],
            Number(cells[columns.IndexOf("width")]),
            Number(cells[columns.IndexOf("height")]),
            Number(cells[columns.IndexOf("orientation")]) ?? 1))];
    }

    private static int? Number(string cell) => cell.Length == 0 ? null : int.Parse(cell, CultureInfo.InvariantCulture);

    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        foreach (var letter in line)
        {
            if (letter == '"')
            {
                quoted = !quoted;
            }
            else if (letter == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                _ = cell.Clear();
            }
            else
            {
                _ = cell.Append(letter);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}

using System.Text.Json;

namespace Atmosphere.Bot.Console.Accuracy;

/// <summary>A pair of photos, and whether both are of one person.</summary>
internal sealed record PhotoPair(string First, string Second, bool Same);

/// <param name="Role">enrol, probe (an enrolled person) or unknown (somebody else).</param>
/// <param name="Person">The true name.</param>
/// <param name="Photo">Full path.</param>
internal sealed record IdentPhoto(string Role, string Person, string Photo);

/// <summary>The files that say what is true.</summary>
internal static class Lists
{
    /// <summary>A CSV with a heading line: file, file, 1 or 0; further columns are left out.</summary>
    public static IReadOnlyList<PhotoPair> Pairs(string path, string root) =>
        [.. Rows(path, 3).Select(row => new PhotoPair(Path.Combine(root, row[0]), Path.Combine(root, row[1]), row[2] == "1"))];

    /// <summary>A CSV with a heading line: role, person, file.</summary>
    public static IReadOnlyList<IdentPhoto> Ident(string path, string root) =>
        [.. Rows(path, 3).Select(row => new IdentPhoto(row[0], row[1], Path.Combine(root, row[2])))];

    /// <summary>The labels of group photos; their files lie beside the labels, or a folder above as the labels say.</summary>
    public static IReadOnlyList<LabelledPhoto> Group(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<LabelledPhoto[]>(File.ReadAllText(path), JsonSerializerOptions.Web) ?? [];
        }
        catch (JsonException error)
        {
            throw new VerbException($"{path} is no list of labelled photos: {error.Message}", error);
        }
    }

    /// <summary>The photos of a folder with one sub-folder per person, which it is named after.</summary>
    public static IReadOnlyList<(string Person, string Photo)> PeoplePhotos(string folder) =>
    [
        .. Directory.GetDirectories(folder).Order(StringComparer.Ordinal)
            .SelectMany(person => Directory.GetFiles(person).Order(StringComparer.Ordinal).Select(photo => (Path.GetFileName(person), photo))),
    ];

    /// <summary>Where a labelled photo is: beside the labels, or below the folder above them.</summary>
    public static string Photo(string labels, LabelledPhoto photo)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(labels))!;
        var beside = Path.Combine(folder, photo.File);
        return File.Exists(beside) ? beside : Path.GetFullPath(Path.Combine(folder, "..", photo.File));
    }

    private static IEnumerable<string[]> Rows(string path, int columns)
    {
        foreach (var (line, number) in File.ReadLines(path).Select((line, i) => (line, i + 1)).Skip(1).Where(row => row.line.Length > 0))
        {
            var row = line.Split(',');
            yield return row.Length >= columns ? row : throw new VerbException($"{path}, line {number} has {row.Length} columns; {columns} are needed.");
        }
    }
}

using System.Globalization;
using Spectre.Console;

namespace Atmosphere.Bot.Console.Sort;

/// <summary>The result of a sort.</summary>
/// <param name="Photos">All photos of the folder.</param>
/// <param name="Failed">Photos that could not be read.</param>
/// <param name="Faces">Faces in the other photos.</param>
/// <param name="Named">Faces of known people.</param>
/// <param name="Uncertain">Faces to check manually.</param>
/// <param name="Nobody">Faces of other people.</param>
/// <param name="Thumbnails">Files that other programs made of the photos, left out.</param>
/// <param name="Recognised">Photos recognised by this run; an earlier run did the others.</param>
/// <param name="Time">Time taken for these.</param>
internal sealed record SortSummary(int Photos, int Failed, int Faces, int Named, int Uncertain, int Nobody, int Thumbnails, int Recognised, TimeSpan Time)
{
    public static SortSummary Of(IReadOnlyList<SortedPhoto> photos, int thumbnails, int recognised, TimeSpan time)
    {
        var faces = photos.SelectMany(photo => photo.Faces).ToList();
        var (named, uncertain) = (faces.Count(face => face.Named), faces.Count(face => face.Uncertain));
        return new SortSummary(
            photos.Count, photos.Count(photo => photo.Failed), faces.Count, named, uncertain, faces.Count - named - uncertain, thumbnails, recognised, time);
    }

    public Table ToTable()
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (title, _) in Cells())
            table.AddColumn(new TableColumn(title).RightAligned());
        return table.AddRow([.. Cells().Select(cell => cell.Value)]);
    }

    private IEnumerable<(string Title, string Value)> Cells()
    {
        yield return ("photos", Count(Photos));
        yield return ("failed", Count(Failed));
        yield return ("faces", Count(Faces));
        yield return ("named", Count(Named));
        yield return ("uncertain", Count(Uncertain));
        yield return ("nobody", Count(Nobody));
        if (Thumbnails > 0)
            yield return ("thumbnails left out", Count(Thumbnails));
        if (Recognised > 0)
            yield return ("photos/s", (Recognised / Time.TotalSeconds).ToString("0.0", CultureInfo.InvariantCulture));
    }

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

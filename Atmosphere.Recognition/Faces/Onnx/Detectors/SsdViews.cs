using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Recognition.Faces.Onnx.Detectors;

/// <summary>
/// Chooses the views that the SSD searches. It finds faces between about a fifteenth and nine tenths of a view's side, so small faces need
/// tiles of the photo, and a face that fills the photo needs a black margin.
/// </summary>
internal static class SsdViews
{
    private const int Side = 512;

    /// <summary>Overlap of neighbouring tiles as a share of their length: more than the smallest face found in the whole view.</summary>
    private const float Overlap = 0.2f;

    /// <summary>Faces at least this high (share of the photo), and no more than this many, are a portrait without distant people.</summary>
    private const float NearFace = 0.3f;
    private const int FewFaces = 2;

    /// <summary>In photos larger than this (pixels), tiles show faces that halves do not.</summary>
    private const int VeryLarge = 3000;
    private const float SmallFace = 0.08f;

    public static IEnumerable<View> For(Pixels photo, DetectionPlan plan, Func<IReadOnlyList<Candidate>> found)
    {
        yield return View.Whole(photo, Side);
        if (plan == DetectionPlan.Fast)
            yield break;
        if (plan == DetectionPlan.Portrait || found().Count == 0)
            yield return Near(photo);
        if (OnlyNear(photo, found()))
            yield break;

        var (length, across) = (Math.Max(photo.Width, photo.Height), (float)Math.Min(photo.Width, photo.Height));
        foreach (var piece in Pieces(photo, length / across > 2 ? 3 : 2, 1))
            yield return piece;
        if (length > VeryLarge && (found().Count == 0 || found().Min(face => face.Box.Height) < SmallFace * across))
        {
            foreach (var piece in Pieces(photo, length / across > 2 ? 4 : 3, 2))
                yield return piece;
        }
    }

    /// <summary>The photo, scaled to 192 pixels, in the middle of 256.</summary>
    private static View Near(Pixels photo)
    {
        var margin = Math.Max(photo.Width, photo.Height) / 6f;
        return View.Of(new Box(-margin, -margin, photo.Width + (2 * margin), photo.Height + (2 * margin)), Side / 2);
    }

    private static bool OnlyNear(Pixels photo, IReadOnlyList<Candidate> found) =>
        found.Count is > 0 and <= FewFaces && found.All(face => face.Box.Height > NearFace * photo.Height);

    private static IEnumerable<View> Pieces(Pixels photo, int along, int across)
    {
        var (columns, rows) = photo.Width >= photo.Height ? (along, across) : (across, along);
        var (width, height) = (Length(photo.Width, columns), Length(photo.Height, rows));
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                yield return View.Of(new Box(Start(photo.Width, width, column, columns), Start(photo.Height, height, row, rows), width, height), Side);
        }
    }

    private static float Length(int size, int pieces) => pieces == 1 ? size : size * (1 + Overlap) / (pieces + ((pieces - 2) * Overlap / 2));

    private static float Start(int size, float length, int index, int pieces) => pieces == 1 ? 0 : (size - length) * index / (pieces - 1);
}

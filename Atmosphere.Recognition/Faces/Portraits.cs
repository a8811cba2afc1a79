using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Recognition.Faces;

/// <summary>Finds the main subject of a photo.</summary>
public static class Portraits
{
    private const float AsLarge = 0.5f;

    /// <summary>The face nearest to the centre among those at least half as high as the largest; null if there are no faces.</summary>
    public static DetectedFace? Subject(IReadOnlyList<DetectedFace> faces, Pixels photo)
    {
        if (faces.Count == 0)
            return null;

        var large = faces.Max(face => face.Box.Height) * AsLarge;
        return faces.Where(face => face.Box.Height >= large).MinBy(face => FromCentre(face, photo));
    }

    private static float FromCentre(DetectedFace face, Pixels photo)
    {
        var (x, y) = (face.Box.Centre.X - (photo.Width / 2f), face.Box.Centre.Y - (photo.Height / 2f));
        return (x * x) + (y * y);
    }
}

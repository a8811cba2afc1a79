using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Recognition.Flows.Persons.Enrolment;

/// <summary>Crops a small picture of one face with some surroundings, for people who know the person.</summary>
internal static class FaceCrop
{
    private const float Surroundings = 1.5f;
    private const int LongestSide = 240;
    private const int Quality = 85;

    /// <returns>A JPEG file without EXIF.</returns>
    public static byte[] Of(Pixels photo, Box face, PhotoEncoder encoder)
    {
        var side = Math.Max(face.Width, face.Height) * Surroundings;
        var crop = photo.Crop(new Box(face.Centre.X - (side / 2), face.Centre.Y - (side / 2), side, side));
        var scale = Math.Min(1, (float)LongestSide / Math.Max(crop.Width, crop.Height));
        return encoder.EncodeJpeg(encoder.Resize(crop, Scaled(crop.Width, scale), Scaled(crop.Height, scale)), Quality);
    }

    private static int Scaled(int side, float scale) => Math.Max(1, (int)MathF.Round(side * scale));
}

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
        return encoder.EncodeJpeg(encoder.Shrink(photo.Crop(face.SquareAround(Surroundings)), LongestSide).Picture, Quality);
    }
}

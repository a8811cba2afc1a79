using System.Text;
using NetVips;

namespace Atmosphere.Recognition.Imaging;

/// <summary>
/// Photos whose numbers mean other colours than those of sRGB, such as the Display P3 of iPhones: an ICC profile says so. What is stored and
/// sent here has no profile, so its numbers must be those of sRGB.
/// </summary>
internal static class ColourProfile
{
    private const string Field = "icc-profile-data";
    private const string Standard = "srgb";

    // Profiles of sRGB name it in their description, as ASCII or as UTF-16, by the version of the format.
    private static readonly byte[][] _names = [Encoding.ASCII.GetBytes("sRGB"), Encoding.BigEndianUnicode.GetBytes("sRGB")];

    /// <summary>Whether a profile says that the numbers are not those of sRGB.</summary>
    public static bool HasOtherColours(this Image image) =>
        image.Contains(Field) && image.Get(Field) is byte[] profile && !Array.Exists(_names, name => profile.AsSpan().IndexOf(name) >= 0);

    /// <summary>Converts a picture with a profile to 8-bit sRGB with three bands. One whose profile cannot be read is shown as if it had none.</summary>
    public static Image FromProfile(this Image image)
    {
        try
        {
            using var converted = image.IccTransform(Standard, embedded: true, intent: Enums.Intent.Relative, blackPointCompensation: true, depth: 8);
            return converted.ToRgb();
        }
        catch (VipsException)
        {
            return image.ToRgb();
        }
    }
}

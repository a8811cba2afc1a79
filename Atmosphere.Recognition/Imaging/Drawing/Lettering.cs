using System.Globalization;
using System.Security;
using NetVips;

namespace Atmosphere.Recognition.Imaging.Drawing;

/// <summary>Renders text in the font shipped with the program (Latin and Hebrew), so that the machine needs no fonts.</summary>
internal static class Lettering
{
    private const string Family = "Heebo Bold";
    private const int PixelsPerPoint = 72;

    /// <summary>Height of a digit or capital in Heebo, for a font size of 1.</summary>
    private const float CapitalHeight = 0.71f;

    private static readonly string FontFile = Path.Combine(AppContext.BaseDirectory, "fonts", "Heebo-Bold.ttf");

    /// <summary>A mask for painting text: one band, 255 where paint covers, as large as the text.</summary>
    /// <param name="text">Plain text in any direction.</param>
    /// <param name="height">Height of a digit or capital, pixels.</param>
    public static Image Mask(string text, float height) => Image.Text(
        SecurityElement.Escape(text),
        font: string.Create(CultureInfo.InvariantCulture, $"{Family} {height / CapitalHeight:0.##}"),
        fontfile: FontFile,
        dpi: PixelsPerPoint);
}

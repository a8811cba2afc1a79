using System.ComponentModel.DataAnnotations;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Recognition.Imaging;

/// <summary>Section <c>Atmosphere:Imaging</c>: which photos are accepted.</summary>
public sealed class ImagingOptions
{
    public const string Section = "Atmosphere:Imaging";

    /// <summary>The largest photo by its pixels. A decoded photo takes 3 MB a megapixel.</summary>
    [Range(1, 500), Unit("million pixels")]
    public int MaxMegapixels { get; set; } = 100;

    /// <summary>The largest photo by its file.</summary>
    [Range(1024d, 1073741824d), Unit("bytes")]
    public long MaxBytes { get; set; } = 25 * 1024 * 1024;

    /// <summary>
    /// Memory for the pixels of photos that were just looked at, so that the next box of the pipeline need not decode them again.
    /// </summary>
    [Range(0, 4096), Unit("megabytes")]
    public int KeepPixels { get; set; } = 128;

    /// <summary>How long such pixels are kept at most.</summary>
    [TimeRange("00:00:00", "01:00:00")]
    public TimeSpan KeepPixelsFor { get; set; } = TimeSpan.FromMinutes(1);
}

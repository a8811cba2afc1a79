namespace Atmosphere.Recognition.Imaging;

/// <summary>Section <c>Atmosphere:Imaging</c>: which photos are accepted.</summary>
public sealed class ImagingOptions
{
    public const string Section = "Atmosphere:Imaging";

    /// <summary>The largest photo by its pixels, in millions; 1..500, default 100. A decoded photo takes 3 MB a megapixel.</summary>
    public int MaxMegapixels { get; set; } = 100;

    /// <summary>The largest photo by its file, in bytes; 1,024..1,073,741,824, default 26,214,400 (25 MB).</summary>
    public long MaxBytes { get; set; } = 25 * 1024 * 1024;

    /// <summary>
    /// Memory for the pixels of photos that were just looked at, so that the next box of the pipeline need not decode them again, in
    /// megabytes; 0..4096, default 128.
    /// </summary>
    public int KeepPixels { get; set; } = 128;

    /// <summary>How long such pixels are kept at most, hours:minutes:seconds; up to one hour, default 00:01:00.</summary>
    public TimeSpan KeepPixelsFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The sentences about settings that cannot work; none when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (MaxMegapixels is < 1 or > 500)
            yield return $"{Section}:MaxMegapixels is {MaxMegapixels}; use 1 to 500 (million pixels; the default is 100).";
        if (MaxBytes is < 1024 or > 1 << 30)
            yield return $"{Section}:MaxBytes is {MaxBytes}; use 1024 to 1073741824 (bytes; the default is 26214400).";
        if (KeepPixels is < 0 or > 4096)
            yield return $"{Section}:KeepPixels is {KeepPixels}; use 0 to 4096 (megabytes; the default is 128).";
        if (KeepPixelsFor < TimeSpan.Zero || KeepPixelsFor > TimeSpan.FromHours(1))
            yield return $"{Section}:KeepPixelsFor is {KeepPixelsFor}; use 00:00:00 to 01:00:00 (the default is 00:01:00).";
    }
}

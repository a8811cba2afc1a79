using System.Globalization;
using System.Text.RegularExpressions;

namespace Atmosphere.Recognition.Imaging;

/// <summary>
/// Parses libvips' EXIF fields. Each is text such as "52/1 31/1 12/1 (52, 31, 12, Rational, 3 components, 24 bytes)": the stored value,
/// then in brackets the readable value, its type and its size.
/// </summary>
internal static partial class ExifFields
{
    private const int LongestCamera = 100;

    // The UTC offset must be the one that belongs to the time field in use.
    private static readonly (string Time, string Offset)[] _clocks =
    [
        ("exif-ifd2-DateTimeOriginal", "exif-ifd2-OffsetTimeOriginal"),
        ("exif-ifd2-DateTimeDigitized", "exif-ifd2-OffsetTimeDigitized"),
    ];

    /// <param name="field">Returns the text of a field by its libvips name; null if the photo does not have it.</param>
    public static PhotoExif Read(Func<string, string?> field)
    {
        var (time, offset) = _clocks
            .Select(clock => (Time: Time(Value(field(clock.Time))), Offset: Offset(Value(field(clock.Offset)))))
            .FirstOrDefault(clock => clock.Time is not null);
        var latitude = Degrees(Value(field("exif-ifd3-GPSLatitude")), Value(field("exif-ifd3-GPSLatitudeRef")), "N", "S", 90);
        var longitude = Degrees(Value(field("exif-ifd3-GPSLongitude")), Value(field("exif-ifd3-GPSLongitudeRef")), "E", "W", 180);
        // Cameras without a position write zeros.
        var isPlace = latitude is not null && longitude is not null && (latitude, longitude) != (0, 0);
        return new PhotoExif(
            Camera(Value(field("exif-ifd0-Make")), Value(field("exif-ifd0-Model"))),
            time,
            time is null ? null : offset,
            isPlace ? latitude : null,
            isPlace ? longitude : null);
    }

    /// <summary>The stored value without characters that break a line; null if nothing is left.</summary>
    internal static string? Value(string? field)
    {
        if (field is null)
            return null;

        // The field holds the value twice, and the value may contain brackets.
        var both = Size().Replace(field, "");
        var half = (both.Length - 2) / 2;
        var split = half >= 0 && both.AsSpan(0, half).SequenceEqual(both.AsSpan(both.Length - half)) && both.AsSpan(half).StartsWith(" (")
            ? half
            : both.IndexOf(" (", StringComparison.Ordinal);
        var value = split < 0 ? both : both[..split];
        value = string.Concat(value.Where(letter => !char.IsControl(letter) && letter != '\uFFFD')).Trim();
        return value.Length == 0 ? null : value;
    }

    private static string? Camera(string? make, string? model)
    {
        var brand = make?.Split(' ')[0];
        var camera = model is null || brand is null || model.StartsWith(brand, StringComparison.OrdinalIgnoreCase) ? model ?? make : $"{make} {model}";
        return camera?.Length > LongestCamera ? camera[..LongestCamera] : camera;
    }

    private static string? Time(string? value) =>
        DateTime.TryParseExact(
            value, ["yyyy:MM:dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && time.Year >= 1900
            ? time.ToString("s", CultureInfo.InvariantCulture)
            : null;

    private static string? Offset(string? value) =>
        value == "Z" ? "+00:00" : value is not null && OffsetPattern().IsMatch(value) ? value : null;

    /// <param name="value">Degrees, minutes and seconds as fractions; the last ones may be missing.</param>
    private static double? Degrees(string? value, string? reference, string positive, string negative, double limit)
    {
        if (value is null || (reference != positive && reference != negative))
            return null;

        var degrees = 0.0;
        var unit = 1.0;
        foreach (var fraction in value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(3))
        {
            if (!FractionPattern().IsMatch(fraction))
                return null;
            var (numerator, denominator) = (Number(fraction.Split('/')[0]), Number(fraction.Split('/')[1]));
            // Some cameras write 0/0 for missing seconds.
            degrees += numerator == 0 ? 0 : numerator / denominator / unit;
            unit *= 60;
        }

        return degrees <= limit ? (reference == positive ? degrees : -degrees) : null;
    }

    private static double Number(string digits) => double.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@", [A-Za-z ]+, \d+ components, \d+ bytes\)\z", RegexOptions.Singleline)]
    private static partial Regex Size();

    [GeneratedRegex(@"\A[+-](0\d|1[0-4]):[0-5]\d\z")]
    private static partial Regex OffsetPattern();

    [GeneratedRegex(@"\A\d{1,10}/\d{1,10}\z")]
    private static partial Regex FractionPattern();
}

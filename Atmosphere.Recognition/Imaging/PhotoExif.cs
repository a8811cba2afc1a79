namespace Atmosphere.Recognition.Imaging;

/// <summary>What the camera noted in a photo. Everything may be missing, and nothing of it is proven: anybody can write it.</summary>
/// <param name="Camera">Make and model, such as "Canon EOS 5D"; up to 100 letters.</param>
/// <param name="TakenAt">yyyy-MM-ddTHH:mm:ss by the camera's clock.</param>
/// <param name="UtcOffset">How far that clock is ahead of UTC, such as +02:00.</param>
/// <param name="Latitude">Degrees, north positive, -90..90; never without the longitude.</param>
/// <param name="Longitude">Degrees, east positive, -180..180.</param>
public sealed record PhotoExif(string? Camera, string? TakenAt, string? UtcOffset, double? Latitude, double? Longitude);

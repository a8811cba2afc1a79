namespace Atmosphere.Recognition.Imaging;

/// <summary>What the camera recorded in a photo. Any value may be missing, and none can be trusted: anybody can write them.</summary>
/// <param name="Camera">Make and model, such as "Canon EOS 5D"; up to 100 characters.</param>
/// <param name="TakenAt">yyyy-MM-ddTHH:mm:ss by the camera's clock.</param>
/// <param name="UtcOffset">How far that clock is ahead of UTC, such as +02:00.</param>
/// <param name="Latitude">Degrees, north positive, -90..90; never without the longitude.</param>
/// <param name="Longitude">Degrees, east positive, -180..180.</param>
public sealed record PhotoExif(string? Camera, string? TakenAt, string? UtcOffset, double? Latitude, double? Longitude);

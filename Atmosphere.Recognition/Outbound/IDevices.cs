using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Outbound;

/// <summary>The way to devices that want to know at once that somebody was seen, such as a camera station's lamp.</summary>
public interface IDevices
{
    /// <summary>Whether there is anything to tell them through; where there is not, nobody is told.</summary>
    bool Connected { get; }

    /// <summary>Tells of a face, at least once: what was told and not confirmed is told again.</summary>
    /// <exception cref="Messaging.TryLaterException">They cannot be reached for now.</exception>
    Task TellAsync(FaceSeen face, CancellationToken cancellation);
}

/// <summary>A face in a photo. Who it is, nobody is told.</summary>
/// <param name="Photo">The photo.</param>
/// <param name="Face">The same face told twice has the same id.</param>
/// <param name="Group">Whose photo it is.</param>
/// <param name="Client">The station that uploaded it; null where it came from a chat.</param>
/// <param name="Box">Where the face is, pixels of the upright photo.</param>
/// <param name="Width">Pixels of the upright photo; null where it is not known.</param>
/// <param name="Height">Pixels of the upright photo; null where it is not known.</param>
/// <param name="ReceivedAt">When the photo came in.</param>
/// <param name="TakenAt">yyyy-MM-ddTHH:mm:ss by the camera's clock; null where the camera did not say.</param>
/// <param name="TakenOffset">How far that clock is ahead of UTC, such as +02:00; null where the camera did not say.</param>
public sealed record FaceSeen(
    PhotoId Photo, FaceId Face, GroupId Group, string? Client, Box Box, int? Width, int? Height, DateTimeOffset ReceivedAt, string? TakenAt,
    string? TakenOffset);

using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Outbound;

/// <summary>Notifies devices, such as a camera station's lamp, as soon as a face is seen.</summary>
public interface IDevices
{
    /// <summary>Whether a broker is configured; if not, no device is notified.</summary>
    bool Connected { get; }

    /// <summary>Notifies devices of a face at least once: an unconfirmed notification is sent again.</summary>
    /// <exception cref="Messaging.TryLaterException">The broker cannot be reached at present.</exception>
    Task TellAsync(FaceSeen face, CancellationToken cancellation);
}

/// <summary>A face in a photo, without the person's identity.</summary>
/// <param name="Photo">The photo.</param>
/// <param name="Face">The id of the face; a repeated notification has the same id.</param>
/// <param name="Group">The group of the photo.</param>
/// <param name="Client">The station that uploaded the photo; null if it came from a chat.</param>
/// <param name="Box">The position of the face, pixels of the upright photo.</param>
/// <param name="Width">Pixels of the upright photo; null if unknown.</param>
/// <param name="Height">Pixels of the upright photo; null if unknown.</param>
/// <param name="ReceivedAt">When the photo was received.</param>
/// <param name="TakenAt">yyyy-MM-ddTHH:mm:ss by the camera's clock; null if unknown.</param>
/// <param name="TakenOffset">How far that clock is ahead of UTC, such as +02:00; null if unknown.</param>
public sealed record FaceSeen(
    PhotoId Photo, FaceId Face, GroupId Group, string? Client, Box Box, int? Width, int? Height, DateTimeOffset ReceivedAt, string? TakenAt,
    string? TakenOffset);

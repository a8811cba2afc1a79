using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Operations;

/// <summary>All stored data about a photo, without names.</summary>
/// <param name="Photo">Its entry.</param>
/// <param name="Width">Pixels of the upright photo; null until it is decoded.</param>
/// <param name="Height">Pixels.</param>
/// <param name="HasFile">Whether its file still exists.</param>
/// <param name="HasExif">Whether EXIF data is stored.</param>
/// <param name="Steps">The completed steps, in order of time.</param>
/// <param name="Faces">Left to right.</param>
/// <param name="Deliveries">In the order of creation.</param>
/// <param name="Notifications">In the order of creation.</param>
/// <param name="DeadLetters">Messages about it that were given up.</param>
public sealed record PhotoHistory(
    PhotoEntry Photo,
    int? Width,
    int? Height,
    bool HasFile,
    bool HasExif,
    IReadOnlyList<PhotoStepEntry> Steps,
    IReadOnlyList<FaceEntry> Faces,
    IReadOnlyList<DeliveryEntry> Deliveries,
    IReadOnlyList<NotificationEntry> Notifications,
    IReadOnlyList<DeadLetter> DeadLetters);

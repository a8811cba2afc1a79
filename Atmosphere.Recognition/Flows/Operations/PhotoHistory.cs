using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Operations;

/// <summary>Everything that is known of a photo, without names.</summary>
/// <param name="Photo">Its entry.</param>
/// <param name="Width">Pixels of the upright photo; null until it was decoded.</param>
/// <param name="Height">Pixels.</param>
/// <param name="HasFile">Whether its file is still there.</param>
/// <param name="HasExif">Whether the camera said anything that was kept.</param>
/// <param name="Steps">The boxes it passed, in order of time.</param>
/// <param name="Faces">From the left.</param>
/// <param name="Deliveries">In the order they were made.</param>
/// <param name="Notifications">In the order they were written.</param>
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

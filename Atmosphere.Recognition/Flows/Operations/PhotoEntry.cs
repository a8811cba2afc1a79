using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Flows.Operations;

/// <summary>A photo in a list for operators. Times are milliseconds since 1970-01-01 UTC.</summary>
public sealed record PhotoEntry
{
    public PhotoId Id { get; init; }

    public GroupId GroupId { get; init; }

    public PhotoState State { get; init; }

    public long ReceivedAt { get; init; }

    /// <summary>When its faces were known, or it failed.</summary>
    public long? DecidedAt { get; init; }

    /// <summary>Faces that have their record.</summary>
    public int Faces { get; init; }

    /// <summary>Of these, the ones with a name.</summary>
    public int Named { get; init; }

    /// <summary>Participants who get it or got it.</summary>
    public int Deliveries { get; init; }

    /// <summary>Of these, the ones who have it.</summary>
    public int Sent { get; init; }

    /// <summary>Why it failed, for the sender.</summary>
    public string? Error { get; init; }
}

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
public sealed record PhotoStory(
    PhotoEntry Photo,
    int? Width,
    int? Height,
    bool HasFile,
    bool HasExif,
    IReadOnlyList<PhotoStepEntry> Steps,
    IReadOnlyList<FaceEntry> Faces,
    IReadOnlyList<DeliveryEntry> Deliveries,
    IReadOnlyList<NotificationEntry> Notifications,
    IReadOnlyList<Messaging.DeadLetter> DeadLetters);

/// <summary>What became of the photo in one box.</summary>
public sealed record PhotoStepEntry
{
    public string Step { get; init; } = "";

    /// <summary>done or failed.</summary>
    public string Outcome { get; init; } = "";

    public string? Error { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public long EndedAt { get; init; }
}

/// <summary>One face of the photo.</summary>
public sealed record FaceEntry
{
    public FaceId Id { get; init; }

    /// <summary>undecided, named, uncertain, nobody or refused.</summary>
    public string Verdict { get; init; } = "";

    public PersonId? PersonId { get; init; }

    /// <summary>0..100.</summary>
    public double? Similarity { get; init; }
}

/// <summary>The photo for one participant.</summary>
public sealed record DeliveryEntry
{
    public DeliveryId Id { get; init; }

    public ParticipantId ParticipantId { get; init; }

    public DeliveryState State { get; init; }

    public string? Error { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public long? SentAt { get; init; }
}

/// <summary>What operators should know.</summary>
public sealed record NotificationEntry
{
    public long Number { get; init; }

    /// <summary>exif-failed, failed, degraded, refused, completed or not-started.</summary>
    public string Kind { get; init; } = "";

    public PhotoId PhotoId { get; init; }

    public string Text { get; init; } = "";

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public long CreatedAt { get; init; }
}

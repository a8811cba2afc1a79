using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

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

/// <summary>A photo's file and what is known of it.</summary>
internal sealed record PhotoFile
{
    public int? Width { get; init; }

    public int? Height { get; init; }

    public MediaKey? Media { get; init; }

    public int Exif { get; init; }
}

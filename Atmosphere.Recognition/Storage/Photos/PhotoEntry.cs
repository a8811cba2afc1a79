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

    /// <summary>When it was processed or failed.</summary>
    public long? DecidedAt { get; init; }

    /// <summary>Number of faces with a record.</summary>
    public int Faces { get; init; }

    /// <summary>Number of these with a name.</summary>
    public int Named { get; init; }

    /// <summary>Number of recipients.</summary>
    public int Deliveries { get; init; }

    /// <summary>Number of recipients who have it.</summary>
    public int Sent { get; init; }

    /// <summary>Why it failed, as told to the sender.</summary>
    public string? Error { get; init; }
}

/// <summary>The outcome of one step for the photo.</summary>
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

/// <summary>The delivery of the photo to one participant.</summary>
public sealed record DeliveryEntry
{
    public DeliveryId Id { get; init; }

    public ParticipantId ParticipantId { get; init; }

    public DeliveryState State { get; init; }

    public string? Error { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public long? SentAt { get; init; }
}

/// <summary>An operator notification.</summary>
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

/// <summary>A photo's file and its metadata.</summary>
internal sealed record PhotoFile
{
    public int? Width { get; init; }

    public int? Height { get; init; }

    public MediaKey? Media { get; init; }

    public int Exif { get; init; }
}

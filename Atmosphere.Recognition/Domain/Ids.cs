namespace Atmosphere.Recognition.Domain;

// Ids are opaque text that is safe in URLs and file names. New ids sort by creation time.

/// <summary>A WhatsApp group, a station's room or the playground's class. The operator chooses the id.</summary>
public readonly record struct GroupId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>A user of the bot: a phone number or a chat identity.</summary>
public readonly record struct ParticipantId(string Value)
{
    public static ParticipantId New() => new(NewId.Text());

    public override string ToString() => Value;
}

/// <summary>A camera station, or another device that uploads photos.</summary>
public readonly record struct ClientId(string Value)
{
    public static ClientId New() => new(NewId.Text());

    public override string ToString() => Value;
}

/// <summary>A registered child or other person. The face collection uses the same id for its user.</summary>
public readonly record struct PersonId(string Value)
{
    public static PersonId New() => new(NewId.Text());

    public override string ToString() => Value;
}

/// <summary>One received image.</summary>
public readonly record struct PhotoId(string Value)
{
    public static PhotoId New() => new(NewId.Text());

    public override string ToString() => Value;
}

/// <summary>One face in one photo, or one learned face of a person.</summary>
public readonly record struct FaceId(string Value)
{
    public static FaceId New() => new(NewId.Text());

    public override string ToString() => Value;
}

/// <summary>A cluster of faces of one unidentified person.</summary>
public readonly record struct ClusterId(string Value)
{
    public static ClusterId New() => new(NewId.Text());

    public override string ToString() => Value;
}

/// <summary>A question to colleagues, or a notice to them, about a face.</summary>
public readonly record struct QuestionId(string Value)
{
    public static QuestionId New() => new(NewId.Text());

    public override string ToString() => Value;
}

/// <summary>A group's face collection.</summary>
public readonly record struct CollectionId(string Value)
{
    public static CollectionId Of(GroupId group) => new(group.Value);

    public override string ToString() => Value;
}

/// <summary>The delivery of one photo to one participant.</summary>
public readonly record struct DeliveryId(string Value)
{
    public static DeliveryId New() => new(NewId.Text());

    public override string ToString() => Value;
}

/// <summary>One request for erasure and its progress.</summary>
public readonly record struct ErasureId(string Value)
{
    public static ErasureId New() => new(NewId.Text());

    public override string ToString() => Value;
}

/// <summary>One report about one group and period.</summary>
public readonly record struct ReportId(string Value)
{
    public static ReportId New() => new(NewId.Text());

    public override string ToString() => Value;
}

/// <summary>A mail address that gets the reports of a group, or has been asked whether it wants them.</summary>
public readonly record struct SubscriberId(string Value)
{
    public static SubscriberId New() => new(NewId.Text());

    public override string ToString() => Value;
}

/// <summary>One mail to one subscriber.</summary>
public readonly record struct MailId(string Value)
{
    public static MailId New() => new(NewId.Text());

    public override string ToString() => Value;
}

internal static class NewId
{
    public static string Text() => Guid.CreateVersion7().ToString("N");
}

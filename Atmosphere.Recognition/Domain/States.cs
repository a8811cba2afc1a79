namespace Atmosphere.Recognition.Domain;

/// <summary>The state of a photo. Stored as its name in lower case, as are the other states.</summary>
public enum PhotoState
{
    /// <summary>Stored, not yet processed.</summary>
    Unprocessed,

    /// <summary>Being processed.</summary>
    Processing,

    /// <summary>All its faces were matched.</summary>
    Processed,

    /// <summary>Processed, but some faces could not be matched.</summary>
    Degraded,

    /// <summary>Could not be processed; its error says why.</summary>
    Failed,

    /// <summary>Removed on request.</summary>
    Erased,
}

/// <summary>The state of a delivery of one photo to one participant.</summary>
public enum DeliveryState
{
    Pending,

    /// <summary>Handed to the channel, which has not answered yet.</summary>
    Sending,

    Sent,

    /// <summary>Arrived on the phone.</summary>
    Delivered,

    /// <summary>Opened by the recipient.</summary>
    Read,

    /// <summary>The channel refused it, or all attempts failed.</summary>
    Failed,

    /// <summary>Not sent: consent was withdrawn, or an operator dropped it.</summary>
    Withheld,

    /// <summary>It is not known whether it arrived; an operator decides.</summary>
    Unknown,
}

/// <summary>The period of a report.</summary>
public enum ReportPeriod
{
    /// <summary>The days since the previous daily report; usually one.</summary>
    Day,

    /// <summary>Seven days.</summary>
    Week,
}

/// <summary>How often a subscriber gets reports.</summary>
public enum ReportRhythm
{
    Day,

    Week,

    Both,
}

/// <summary>The state of a mail.</summary>
public enum MailState
{
    Waiting,

    /// <summary>Handed to the mail server, which has not answered yet.</summary>
    Sending,

    /// <summary>The mail server accepted it.</summary>
    Sent,

    /// <summary>The mail server refused it, or all attempts failed.</summary>
    Failed,

    /// <summary>Not sent: the subscriber left, the group ended, or an operator dropped it.</summary>
    Withheld,

    /// <summary>It is not known whether the mail server accepted it; an operator decides.</summary>
    Unknown,
}

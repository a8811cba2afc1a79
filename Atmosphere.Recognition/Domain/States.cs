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

namespace Atmosphere.Recognition.Domain;

/// <summary>Where a photo stands. Stored as its name in lower case, as are the other states.</summary>
public enum PhotoState
{
    /// <summary>Stored, not yet looked at.</summary>
    Unprocessed,

    /// <summary>Being looked at.</summary>
    Processing,

    /// <summary>Its faces are known.</summary>
    Processed,

    /// <summary>Some of its faces could not be matched.</summary>
    Degraded,

    /// <summary>It could not be looked at; its error says why.</summary>
    Failed,

    /// <summary>Removed on request.</summary>
    Erased,
}

/// <summary>Where one photo for one participant stands.</summary>
public enum DeliveryState
{
    Pending,

    /// <summary>The channel was asked, its answer is not known yet.</summary>
    Sending,

    Sent,

    /// <summary>It reached the phone.</summary>
    Delivered,

    /// <summary>It was looked at.</summary>
    Read,

    /// <summary>The channel refuses it, or did not answer often enough.</summary>
    Failed,

    /// <summary>There was no consent any more, or an operator dropped it.</summary>
    Withheld,

    /// <summary>Nobody knows whether it arrived; an operator decides.</summary>
    Unknown,
}

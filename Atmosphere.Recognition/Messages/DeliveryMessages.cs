using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Messages;

/// <summary>A channel reported the status of a message that it had accepted.</summary>
/// <param name="Delivery">Our id: the delivery of a photo, or any other notice or reply.</param>
/// <param name="VendorId">The channel's id of the message.</param>
/// <param name="Status">The reported status.</param>
/// <param name="Error">The channel's error code; null if there is no error or no code.</param>
public sealed record DeliveryReported(DeliveryId Delivery, string VendorId, DeliveryStatus Status, int? Error) : IMessage
{
    public string? OrderKey => Delivery.Value;
}

/// <summary>The delivery status of a message.</summary>
public enum DeliveryStatus
{
    /// <summary>The channel accepted it.</summary>
    Sent,

    /// <summary>It arrived on the phone.</summary>
    Delivered,

    /// <summary>The recipient opened it.</summary>
    Read,

    /// <summary>It did not arrive and will not.</summary>
    Failed,
}

using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Messages;

/// <summary>A channel says what became of a message that it took.</summary>
/// <param name="Delivery">Ours: the delivery of a photo, or any other notice or reply.</param>
/// <param name="VendorId">The channel's id of the message.</param>
/// <param name="Status">How far it came.</param>
/// <param name="Error">The channel's number of what went wrong; null: nothing did, or it does not say.</param>
public sealed record DeliveryReported(DeliveryId Delivery, string VendorId, DeliveryStatus Status, int? Error) : IMessage
{
    public string? OrderKey => Delivery.Value;
}

/// <summary>How far a message came.</summary>
public enum DeliveryStatus
{
    /// <summary>The channel has it.</summary>
    Sent,

    /// <summary>It is on the phone.</summary>
    Delivered,

    /// <summary>It was looked at.</summary>
    Read,

    /// <summary>It did not arrive and will not.</summary>
    Failed,
}

using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Outbound;

/// <summary>The way to a parent's private chat, whichever channel that is.</summary>
public interface IParents
{
    /// <summary>Sends a notice; who opted out gets only what they asked for. The same <see cref="ParentNotice.Delivery"/> sent again has no second effect in the chat.</summary>
    Task<SendOutcome> SendAsync(ParentNotice notice, CancellationToken cancellation);
}

/// <param name="Delivery">Names the notice for ever: sent twice, it appears once.</param>
/// <param name="To">Who gets it.</param>
/// <param name="Text">Key of the sentence in dialogs/.</param>
/// <param name="Values">What the sentence needs, such as the children's names.</param>
/// <param name="Picture">A picture ready to be shown: upright, without EXIF.</param>
public sealed record ParentNotice(
    DeliveryId Delivery, ParticipantId To, string Text, IReadOnlyDictionary<string, string> Values, MediaKey? Picture)
{
    /// <summary>They asked for just this themselves, so that they get it even after they opted out: the receipt of an erasure, an export.</summary>
    public bool AskedFor { get; init; }

    /// <summary>Keys of sentences that stand on buttons: tapped, they are said by the parent.</summary>
    public IReadOnlyList<string> Buttons { get; init; } = [];
}

public enum SendOutcome
{
    /// <summary>The channel has it.</summary>
    Sent,

    /// <summary>A crash or a lost connection hid whether the channel has it; an operator decides.</summary>
    Unknown,

    /// <summary>The channel takes nothing now, and sends it by itself when the parent writes: it waits there.</summary>
    Held,

    /// <summary>The channel refuses it for good, or what it shows is gone.</summary>
    Refused,
}

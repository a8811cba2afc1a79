using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Outbound;

/// <summary>Sends notices to a parent's private chat on any channel.</summary>
public interface IParents
{
    /// <summary>
    /// Sends a notice. A parent who opted out gets only notices they asked for. Sending the same <see cref="ParentNotice.Delivery"/> again
    /// has no second effect.
    /// </summary>
    Task<SendOutcome> SendAsync(ParentNotice notice, CancellationToken cancellation);
}

/// <param name="Delivery">Permanent id of the notice: sent twice, it appears once.</param>
/// <param name="To">The recipient.</param>
/// <param name="Text">Key of the text in dialogs/.</param>
/// <param name="Values">Values for the text's placeholders, such as the children's names.</param>
/// <param name="Picture">A picture ready to send: upright, without EXIF.</param>
public sealed record ParentNotice(
    DeliveryId Delivery, ParticipantId To, string Text, IReadOnlyDictionary<string, string> Values, MediaKey? Picture)
{
    /// <summary>
    /// True if the recipient asked for this notice, so that it is sent even after an opt-out: an erasure receipt, an export.
    /// </summary>
    public bool AskedFor { get; init; }

    /// <summary>
    /// <see cref="Storage.ErasureMark"/> when the values were read. If somebody was erased before the text is stored, it is not stored, and the
    /// notice is composed anew. Null: the values name nobody.
    /// </summary>
    public long? Mark { get; init; }

    /// <summary>Text keys of the buttons. A tapped button counts as the parent's message.</summary>
    public IReadOnlyList<string> Buttons { get; init; } = [];
}

public enum SendOutcome
{
    /// <summary>The channel accepted it.</summary>
    Sent,

    /// <summary>A crash or a lost connection left open whether the channel accepted it; an operator decides.</summary>
    Unknown,

    /// <summary>The channel cannot send it now. It is kept and sent when the parent next writes.</summary>
    Held,

    /// <summary>Somebody was erased since it was composed: nothing was stored or sent. Compose it anew.</summary>
    Outdated,

    /// <summary>The channel refuses it permanently, or its content no longer exists.</summary>
    Refused,
}

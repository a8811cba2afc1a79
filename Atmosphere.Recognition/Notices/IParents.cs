using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Notices;

/// <summary>The way to a parent's private chat, whichever channel that is.</summary>
public interface IParents
{
    /// <summary>Sends a notice. The same <see cref="ParentNotice.Delivery"/> sent again has no second effect in the chat.</summary>
    Task<SendOutcome> SendAsync(ParentNotice notice, CancellationToken cancellation);
}

/// <param name="Delivery">Names the notice for ever: sent twice, it appears once.</param>
/// <param name="To">Who gets it.</param>
/// <param name="Text">Key of the sentence in dialogs/.</param>
/// <param name="Values">What the sentence needs, such as the children's names.</param>
/// <param name="Picture">A picture ready to be shown: upright, without EXIF.</param>
public sealed record ParentNotice(
    DeliveryId Delivery, ParticipantId To, string Text, IReadOnlyDictionary<string, string> Values, MediaKey? Picture);

public enum SendOutcome
{
    /// <summary>The channel has it.</summary>
    Sent,

    /// <summary>A crash or a lost connection hid whether the channel has it; an operator decides.</summary>
    Unknown,

    /// <summary>The channel refuses it for good, or what it shows is gone.</summary>
    Refused,
}

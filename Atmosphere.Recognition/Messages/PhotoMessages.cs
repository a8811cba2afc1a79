using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Messages;

/// <summary>An image was posted to a group. Its bytes are stored.</summary>
/// <param name="Group">Where it was posted.</param>
/// <param name="SourceId">The channel's own id of the message; the same one again is the same photo.</param>
/// <param name="Media">Where the bytes are.</param>
/// <param name="Uploader">Who posted it, where the channel knows and the bot may write to them.</param>
public sealed record GroupMessageReceived(GroupId Group, string SourceId, MediaKey Media, ParticipantId? Uploader = null) : IMessage;

/// <summary>Find and recognise the faces of a stored photo.</summary>
public sealed record RecognisePhoto(PhotoId Photo) : IMessage;

/// <summary>Every face of the photo is decided: decide who gets it.</summary>
public sealed record DistributePhoto(PhotoId Photo) : IMessage;

/// <summary>Send one photo to one participant.</summary>
public sealed record SendMedia(DeliveryId Delivery) : IMessage;

/// <summary>The photo could not be looked at; whoever uploaded it is to know.</summary>
/// <param name="Photo">Its error says why.</param>
/// <param name="Refused">True where the file is at fault, and another one would help.</param>
public sealed record PhotoFailed(PhotoId Photo, bool Refused) : IMessage;

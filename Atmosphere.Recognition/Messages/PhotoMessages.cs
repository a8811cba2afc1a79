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
/// <param name="PassedOver">Again, for somebody who was to get a nearly equal one instead: nobody new was found in it.</param>
public sealed record DistributePhoto(PhotoId Photo, bool PassedOver = false) : IMessage;

/// <summary>Send one photo to one participant.</summary>
/// <param name="Delivery">The photo and its participant.</param>
/// <param name="Album">The participant, where it is part of an album: its photos go out one after the other.</param>
public sealed record SendMedia(DeliveryId Delivery, ParticipantId? Album = null) : IMessage
{
    public string? OrderKey => Album?.Value;
}

/// <summary>See whose album is due.</summary>
/// <param name="Due">When it was to be looked.</param>
public sealed record GatherAlbums(DateTimeOffset Due) : IMessage;

/// <summary>Send the photos that waited for a participant, under one heading.</summary>
public sealed record SendAlbum(ParticipantId Participant, DeliveryId Album) : IMessage;

/// <summary>The photo could not be looked at; whoever uploaded it is to know.</summary>
/// <param name="Photo">Its error says why.</param>
/// <param name="Refusal">Why the file is at fault, where another one would help: the name of a PhotoRefusal; else null.</param>
public sealed record PhotoFailed(PhotoId Photo, string? Refusal) : IMessage;

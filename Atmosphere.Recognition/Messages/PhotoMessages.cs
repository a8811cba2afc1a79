using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Messages;

/// <summary>A photo was posted to a group. Its bytes are stored.</summary>
/// <param name="Group">The group.</param>
/// <param name="SourceId">The channel's id of the message; the same id again is the same photo.</param>
/// <param name="Media">Key of the stored bytes.</param>
/// <param name="Uploader">The sender, if the channel knows and the bot may write to them.</param>
public sealed record GroupMessageReceived(GroupId Group, string SourceId, MediaKey Media, ParticipantId? Uploader = null) : IMessage;

/// <summary>Detect and recognise the faces of a stored photo.</summary>
public sealed record RecognisePhoto(PhotoId Photo) : IMessage;

/// <summary>The author of a photo deleted its message for everyone: delete what is stored of it. Nothing is sent of it any more.</summary>
/// <param name="Waiting">The file, if the photo was not processed yet.</param>
public sealed record WithdrawPhoto(PhotoId Photo, GroupId Group, MediaKey? Waiting) : IMessage
{
    public string? OrderKey => Photo.Value;
}

/// <summary>Every face of the photo is decided: decide who gets it.</summary>
/// <param name="PassedOver">Again, for somebody who was to get a nearly equal one instead: nobody new was found in it.</param>
public sealed record DistributePhoto(PhotoId Photo, bool PassedOver = false) : IMessage;

/// <summary>Send one photo to one participant.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="Album">The participant, if the photo belongs to an album: its photos are sent one at a time.</param>
public sealed record SendMedia(DeliveryId Delivery, ParticipantId? Album = null) : IMessage
{
    public string? OrderKey => Album?.Value;
}

/// <summary>Find the participants whose album is due.</summary>
/// <param name="Due">When the run was due.</param>
public sealed record GatherAlbums(DateTimeOffset Due) : IMessage;

/// <summary>Send a participant the waiting photos under one heading.</summary>
public sealed record SendAlbum(ParticipantId Participant, DeliveryId Album) : IMessage;

/// <summary>The photo could not be processed. Tell the uploader.</summary>
/// <param name="Photo">Its error says why.</param>
/// <param name="Refusal">If another file would help: the name of a PhotoRefusal; otherwise null.</param>
public sealed record PhotoFailed(PhotoId Photo, string? Refusal) : IMessage;

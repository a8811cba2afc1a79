using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Messages;

/// <summary>Read when, where and with what a photo was taken.</summary>
public sealed record ExtractPhotoExif(PhotoId Photo) : IMessage;

/// <summary>Find the faces of a photo.</summary>
public sealed record DetectPhotoFaces(PhotoId Photo) : IMessage;

/// <summary>Describe the faces that were found.</summary>
public sealed record EmbedPhotoFaces(PhotoId Photo) : IMessage;

/// <summary>Say whom the faces resemble, and put those that resemble nobody into clusters.</summary>
/// <param name="Photo">Its faces are described.</param>
/// <param name="Group">Whose clusters they join: one photo of a group at a time.</param>
public sealed record MatchPhotoFaces(PhotoId Photo, GroupId Group) : IMessage
{
    public string OrderKey => Group.Value;
}

/// <summary>Both branches of the pipeline have ended.</summary>
public sealed record CompletePhoto(PhotoId Photo) : IMessage;

/// <summary>The photo is processed or degraded; its file has moved.</summary>
public sealed record PhotoProcessed(PhotoId Photo) : IMessage;

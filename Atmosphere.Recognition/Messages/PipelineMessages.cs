using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Messages;

/// <summary>Read time, place and camera from a photo's EXIF data.</summary>
public sealed record ExtractPhotoExif(PhotoId Photo) : IMessage;

/// <summary>Detect the faces of a photo.</summary>
public sealed record DetectPhotoFaces(PhotoId Photo) : IMessage;

/// <summary>Compute the embeddings of the detected faces.</summary>
public sealed record EmbedPhotoFaces(PhotoId Photo) : IMessage;

/// <summary>Match the faces with registered persons, and put unmatched faces into clusters.</summary>
/// <param name="Photo">A photo whose faces have embeddings.</param>
/// <param name="Group">The group of the clusters. The photos of a group are matched one at a time.</param>
public sealed record MatchPhotoFaces(PhotoId Photo, GroupId Group) : IMessage
{
    public string OrderKey => Group.Value;
}

/// <summary>Both branches of the pipeline have finished.</summary>
public sealed record CompletePhoto(PhotoId Photo) : IMessage;

/// <summary>The photo is processed or degraded; its file has moved.</summary>
public sealed record PhotoProcessed(PhotoId Photo) : IMessage;

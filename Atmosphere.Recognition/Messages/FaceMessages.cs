using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Messages;

/// <summary>A processed photo shows this face.</summary>
public sealed record FaceFound(PhotoId Photo, FaceId Face) : IMessage;

/// <summary>The face has a record: it can be cropped and identified.</summary>
public sealed record FaceStored(PhotoId Photo, FaceId Face) : IMessage;

/// <summary>The face belongs to a registered person.</summary>
public sealed record FaceIdentified(PhotoId Photo, FaceId Face, PersonId Person) : IMessage;

/// <summary>A parent said something about a face that colleagues should know.</summary>
/// <param name="Person">The person it concerns.</param>
public sealed record FaceQuestioned(PhotoId Photo, FaceId Face, PersonId Person, FaceQuestion Question) : IMessage;

public enum FaceQuestion
{
    /// <summary>The face was identified as the person, but is not the person.</summary>
    NotTheChild,

    /// <summary>The face was not recognised, but may be the person. Colleagues should check.</summary>
    IsItTheChild,
}

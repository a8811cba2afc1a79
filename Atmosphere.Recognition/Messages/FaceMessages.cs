using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Messages;

/// <summary>A processed photo shows this face.</summary>
public sealed record FaceFound(PhotoId Photo, FaceId Face) : IMessage;

/// <summary>The face has its record: it can be cut out, and it can be said who it is.</summary>
public sealed record FaceStored(PhotoId Photo, FaceId Face) : IMessage;

/// <summary>The face is a registered person's.</summary>
public sealed record FaceIdentified(PhotoId Photo, FaceId Face, PersonId Person) : IMessage;

/// <summary>A parent said something about a face that colleagues should know.</summary>
/// <param name="Person">Whom it is about.</param>
public sealed record FaceQuestioned(PhotoId Photo, FaceId Face, PersonId Person, FaceQuestion Question) : IMessage;

public enum FaceQuestion
{
    /// <summary>The face was given the person's name, and is not the person.</summary>
    NotTheChild,

    /// <summary>The face was not recognised, and may be the person: a vote that somebody should check.</summary>
    IsItTheChild,
}

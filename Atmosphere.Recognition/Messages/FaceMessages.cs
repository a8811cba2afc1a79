using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Messages;

/// <summary>A processed photo shows this face.</summary>
public sealed record FaceFound(PhotoId Photo, FaceId Face) : IMessage;

/// <summary>The face has its record: it can be cut out, and it can be said who it is.</summary>
public sealed record FaceStored(PhotoId Photo, FaceId Face) : IMessage;

/// <summary>The face is a registered person's.</summary>
public sealed record FaceIdentified(PhotoId Photo, FaceId Face, PersonId Person) : IMessage;

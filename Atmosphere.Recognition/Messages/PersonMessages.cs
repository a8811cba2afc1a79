using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Messages;

/// <summary>Learn a person who was confirmed, with consent: make the user, index the faces, delete the uploaded photos.</summary>
public sealed record ConnectPerson(PersonId Person) : IMessage;

/// <summary>The person is learned; from now on photos are recognised.</summary>
public sealed record PersonConnected(PersonId Person, ParticipantId Owner) : IMessage;

/// <summary>The person will not be learned: forget what an attempt left behind, then tell.</summary>
public sealed record GiveUpPerson(PersonId Person, NotConnectedReason Reason) : IMessage;

/// <summary>The person could not be learned. Its photos are gone; its name stays for a day, so that the parent can be told.</summary>
public sealed record PersonNotConnected(PersonId Person, ParticipantId Owner, NotConnectedReason Reason) : IMessage;

public enum NotConnectedReason
{
    /// <summary>No face of the photos could be learned.</summary>
    CouldNotLearn,

    /// <summary>Somebody of the group is registered already from whom the person could not be told apart.</summary>
    LooksLikeAnother,
}

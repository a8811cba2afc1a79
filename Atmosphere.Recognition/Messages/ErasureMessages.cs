using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Messages;

/// <summary>Remove a person from the face collection. The ids of the faces are recorded first.</summary>
/// <param name="Receiver">The participant who gets the receipt; null: no receipt.</param>
public sealed record DeleteUser(ErasureId Erasure, PersonId Person, ParticipantId? Receiver) : IMessage
{
    public string OrderKey => Person.Value;
}

/// <summary>Delete the learned faces. Their ids are kept until the engine confirms the deletion.</summary>
public sealed record DeleteFaces(ErasureId Erasure, PersonId Person, ParticipantId? Receiver) : IMessage
{
    public string OrderKey => Person.Value;
}

/// <summary>Delete all other data of a person.</summary>
public sealed record DeletePersonEntry(ErasureId Erasure, PersonId Person, ParticipantId? Receiver) : IMessage
{
    public string OrderKey => Person.Value;
}

/// <summary>Empty the write-ahead log, then search everywhere for the erased data. The message contains no personal data.</summary>
public sealed record ProveErasure(ErasureId Erasure, ParticipantId? Receiver) : IMessage;

/// <summary>A person's data is erased, and a search found nothing left. The requester gets a receipt.</summary>
public sealed record PersonErased(ErasureId Erasure, ParticipantId Receiver) : IMessage;

/// <summary>Delete a group with its collection, persons, photos and members.</summary>
public sealed record EndGroup(ErasureId Erasure, GroupId Group) : IMessage;

/// <summary>Delete all data of a participant except the address for the goodbye message.</summary>
/// <param name="Silently">No goodbye: the participant has left, or got it before.</param>
public sealed record ForgetParticipant(ErasureId Erasure, ParticipantId Participant, bool Silently) : IMessage;

/// <summary>All other data of a participant is deleted: send the goodbye, then <see cref="DeleteParticipantEntry"/>.</summary>
/// <param name="Rest">How long the goodbye stays readable.</param>
public sealed record ParticipantForgotten(ErasureId Erasure, ParticipantId Participant, TimeSpan Rest) : IMessage;

/// <summary>The goodbye is sent: delete the address.</summary>
public sealed record DeleteParticipantEntry(ErasureId Erasure, ParticipantId Participant) : IMessage;

/// <summary>The owner of a person's registration is erased. The next guardian is now the owner.</summary>
public sealed record OwnershipPassed(PersonId Person, ParticipantId Owner) : IMessage;

/// <summary>Another user removed a person: tell a guardian, or a user who asked to become one, without the person's name.</summary>
/// <param name="WasGuardian">True: the receiver was a guardian; false: the receiver had asked to become one.</param>
public sealed record PersonRemoved(ErasureId Erasure, ParticipantId Receiver, bool WasGuardian) : IMessage;

using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Messages;

/// <summary>Take a person out of the face collection. The ids of its faces are written down first.</summary>
/// <param name="Receiver">Who gets the receipt; null: nobody.</param>
public sealed record DeleteUser(ErasureId Erasure, PersonId Person, ParticipantId? Receiver) : IMessage
{
    public string OrderKey => Person.Value;
}

/// <summary>Delete the learned faces; their ids are kept until the engine confirms that it has them no more.</summary>
public sealed record DeleteFaces(ErasureId Erasure, PersonId Person, ParticipantId? Receiver) : IMessage
{
    public string OrderKey => Person.Value;
}

/// <summary>Delete everything else that there is of a person.</summary>
public sealed record DeletePersonEntry(ErasureId Erasure, PersonId Person, ParticipantId? Receiver) : IMessage
{
    public string OrderKey => Person.Value;
}

/// <summary>Empty the write-ahead log, then search everywhere for what was erased. It names nobody.</summary>
public sealed record ProveErasure(ErasureId Erasure, ParticipantId? Receiver) : IMessage;

/// <summary>A person is forgotten, and searched for in vain: whoever asked for it gets the receipt.</summary>
public sealed record PersonErased(ErasureId Erasure, ParticipantId Receiver) : IMessage;

/// <summary>Delete a group with its collection, persons, photos and members.</summary>
public sealed record EndGroup(ErasureId Erasure, GroupId Group) : IMessage;

/// <summary>Delete everything of a participant but the way to say goodbye.</summary>
/// <param name="Silently">Without a goodbye: they are not there any more, or heard it before.</param>
public sealed record ForgetParticipant(ErasureId Erasure, ParticipantId Participant, bool Silently) : IMessage;

/// <summary>Everything of a participant is deleted: say goodbye, then send <see cref="DeleteParticipantEntry"/>.</summary>
/// <param name="Rest">How long the goodbye can be read.</param>
public sealed record ParticipantForgotten(ErasureId Erasure, ParticipantId Participant, TimeSpan Rest) : IMessage;

/// <summary>Goodbye is said: delete the way to say it.</summary>
public sealed record DeleteParticipantEntry(ErasureId Erasure, ParticipantId Participant) : IMessage;

/// <summary>Whoever registered a person is forgotten; the next guardian is its owner now.</summary>
public sealed record OwnershipPassed(PersonId Person, ParticipantId Owner) : IMessage;

/// <summary>A person is removed by somebody else: say so to whoever had to do with it, without its name.</summary>
/// <param name="WasGuardian">True: a guardian who is none any more; false: they had asked to become one.</param>
public sealed record PersonRemoved(ErasureId Erasure, ParticipantId Receiver, bool WasGuardian) : IMessage;

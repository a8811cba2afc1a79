using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Messages;

/// <summary>Learn a confirmed person who has consent: create the user, index the faces, delete the uploaded photos.</summary>
public sealed record ConnectPerson(PersonId Person) : IMessage
{
    /// <summary>A removal requested during learning is carried out afterwards.</summary>
    public string OrderKey => Person.Value;
}

/// <summary>The person is learned and is now recognised in photos.</summary>
public sealed record PersonConnected(PersonId Person, ParticipantId Owner) : IMessage;

/// <summary>The person will not be learned: delete what the attempt left behind, then notify.</summary>
/// <param name="Person">The person.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Like">The person it resembles; null for other reasons.</param>
public sealed record GiveUpPerson(PersonId Person, NotConnectedReason Reason, PersonId? Like = null) : IMessage
{
    public string OrderKey => Person.Value;
}

/// <summary>The person could not be learned. The photos are deleted; the name is kept for a day, to tell the parent.</summary>
public sealed record PersonNotConnected(PersonId Person, ParticipantId Owner, NotConnectedReason Reason) : IMessage;

/// <summary>Somebody who knows the persons of the group decides before the person is learned. Tell the parent that they will hear of it.</summary>
public sealed record RegistrationWaits(PersonId Person, ParticipantId Owner) : IMessage;

/// <summary>Ask a user to decide on another user's request.</summary>
/// <param name="Request">Id of the row.</param>
/// <param name="Again">True: a reminder, because the user did not answer.</param>
public sealed record RequestMade(string Request, bool Again = false) : IMessage;

/// <summary>Another family registered a child who looks just like this one. Tell this child's owner.</summary>
/// <param name="Person">The child registered first.</param>
/// <param name="Other">The child learned now.</param>
public sealed record LookAlikeLearned(PersonId Person, PersonId Other) : IMessage;

/// <summary>A request was granted, refused or not answered in time. Tell the requester.</summary>
public sealed record RequestEnded(string Request) : IMessage;

/// <summary>A person has first matches that nobody who knows them has looked at: ask before anything is delivered.</summary>
public sealed record CheckFirstMatches(PersonId Person) : IMessage
{
    public string OrderKey => Person.Value;
}

/// <summary>What is learned of a child is almost a year old, or nothing is learned any more: ask its owner for new photos.</summary>
/// <param name="Since">When they are asked.</param>
/// <param name="HasFace">False: another recogniser is used, and no picture was kept that it could learn from.</param>
public sealed record NewPhotosWanted(PersonId Person, DateTimeOffset Since, bool HasFace = true) : IMessage;

/// <summary>A held face waits, was decided about or is gone: ask colleagues where no teacher is there to ask, or end their post.</summary>
public sealed record HeldFaceChanged(FaceId Face) : IMessage
{
    public string OrderKey => Face.Value;
}

/// <summary>A colleague answered about a held face.</summary>
/// <param name="Voter">slack:ID.</param>
/// <param name="Same">Whether the shown faces are one person's.</param>
public sealed record HeldFaceVoted(FaceId Face, string Voter, bool Same) : IMessage
{
    public string OrderKey => Face.Value;
}

/// <summary>Process open requests: send reminders, expire them, and ask those for which no decider was available before.</summary>
public sealed record LookAfterRequests(DateTimeOffset Due) : IMessage;

public enum NotConnectedReason
{
    /// <summary>No face in the photos could be learned.</summary>
    CouldNotLearn,

    /// <summary>Somebody who knows the persons of the group says that it is a registered one.</summary>
    LooksLikeAnother,

    /// <summary>The person cannot be told apart from another person that the same participant registered.</summary>
    LooksLikeOwn,
}

/// <summary>Learn additional photos of a learned person.</summary>
/// <param name="By">The guardian who sent them.</param>
/// <param name="Notice">Delivery id of the notice to the guardian.</param>
/// <param name="GiveUp">It failed: remove from the collection what was added, and learn nothing.</param>
public sealed record LearnMorePhotos(PersonId Person, ParticipantId By, DeliveryId Notice, bool GiveUp = false) : IMessage
{
    public string OrderKey => Person.Value;
}

/// <summary>The photos were looked at, and are gone.</summary>
/// <param name="Learned">How many of them gave a face that is the person's from now on.</param>
/// <param name="Held">About how many of them somebody who knows the person is asked first.</param>
public sealed record MorePhotosLearned(PersonId Person, ParticipantId By, DeliveryId Notice, int Learned, int Held = 0) : IMessage;

/// <summary>Somebody who knows the person said whether a held face is theirs, or nobody did in time: learn it or not; its pictures go either way.</summary>
public sealed record LearnHeldFace(PersonId Person, FaceId Face) : IMessage
{
    public string OrderKey => Person.Value;
}

using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Messages;

/// <summary>Learn a person who was confirmed, with consent: make the user, index the faces, delete the uploaded photos.</summary>
public sealed record ConnectPerson(PersonId Person) : IMessage
{
    /// <summary>Whoever is removed while being learned is removed afterwards.</summary>
    public string OrderKey => Person.Value;
}

/// <summary>The person is learned; from now on photos are recognised.</summary>
public sealed record PersonConnected(PersonId Person, ParticipantId Owner) : IMessage;

/// <summary>The person will not be learned: forget what an attempt left behind, then tell.</summary>
/// <param name="Person">Who will not be learned.</param>
/// <param name="Reason">Why.</param>
/// <param name="Like">Whom the person looks like; null for other reasons.</param>
public sealed record GiveUpPerson(PersonId Person, NotConnectedReason Reason, PersonId? Like = null) : IMessage
{
    public string OrderKey => Person.Value;
}

/// <summary>The person could not be learned. Its photos are gone; its name stays for a day, so that the parent can be told.</summary>
public sealed record PersonNotConnected(PersonId Person, ParticipantId Owner, NotConnectedReason Reason) : IMessage;

/// <summary>Somebody is to be asked about another's wish.</summary>
/// <param name="Request">Id of the row.</param>
/// <param name="Again">They were asked before, and did not answer.</param>
public sealed record RequestMade(string Request, bool Again = false) : IMessage;

/// <summary>Another family's child was learned who looks just like this one: its owner is to know.</summary>
/// <param name="Person">Who was registered before.</param>
/// <param name="Other">Who was learned now.</param>
public sealed record LookAlikeLearned(PersonId Person, PersonId Other) : IMessage;

/// <summary>A wish was granted, refused, or nobody answered; whoever wished it is to know.</summary>
public sealed record RequestEnded(string Request) : IMessage;

/// <summary>Look after the requests: remind, give up, ask whom nobody was there to ask.</summary>
public sealed record LookAfterRequests(DateTimeOffset Due) : IMessage;

public enum NotConnectedReason
{
    /// <summary>No face of the photos could be learned.</summary>
    CouldNotLearn,

    /// <summary>Somebody of the group is registered already from whom the person could not be told apart.</summary>
    LooksLikeAnother,

    /// <summary>The same participant registered somebody before from whom the person could not be told apart.</summary>
    LooksLikeOwn,
}

/// <summary>Learn more photos of a person who is learned already.</summary>
/// <param name="By">The guardian who sent them.</param>
/// <param name="Notice">Names what the guardian will be told.</param>
/// <param name="GiveUp">It did not work: take out of the collection what is there of it, and learn nothing.</param>
public sealed record LearnMorePhotos(PersonId Person, ParticipantId By, DeliveryId Notice, bool GiveUp = false) : IMessage
{
    public string OrderKey => Person.Value;
}

/// <summary>The photos were looked at, and are gone.</summary>
/// <param name="Learned">How many of them gave a face that is the person's from now on.</param>
public sealed record MorePhotosLearned(PersonId Person, ParticipantId By, DeliveryId Notice, int Learned) : IMessage;

using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Messages;

/// <summary>Nobody can be named from the face alone: ask colleagues, once a cluster.</summary>
public sealed record FaceNotIdentified(PhotoId Photo, FaceId Face, GroupId Group) : IMessage
{
    /// <summary>Two faces of a cluster must not ask twice.</summary>
    public string OrderKey => Group.Value;
}

/// <summary>A colleague says that a name that was given is wrong.</summary>
/// <param name="Voter">slack:ID or participant:ID.</param>
public sealed record FaceIdentificationUndone(QuestionId Question, PersonId Person, string Voter) : IMessage
{
    public string OrderKey => Question.Value;
}

/// <summary>A colleague answered a question.</summary>
/// <param name="Voter">slack:ID or participant:ID.</param>
/// <param name="Answer">What they say.</param>
/// <param name="Person">Who it is; null with the other answers.</param>
public sealed record FaceTagReceived(QuestionId Question, string Voter, TagAnswer Answer, PersonId? Person) : IMessage
{
    public string OrderKey => Question.Value;
}

/// <summary>Enough colleagues say the same.</summary>
public sealed record FaceTagged(QuestionId Question) : IMessage
{
    public string OrderKey => Question.Value;
}

/// <summary>What was decided is learned, as far as there is something to learn.</summary>
public sealed record FaceTrainingSent(QuestionId Question) : IMessage
{
    public string OrderKey => Question.Value;
}

/// <summary>The face engine refuses the faces: the votes go.</summary>
/// <param name="Reason">Key of a sentence in dialogs/tag-face.</param>
public sealed record FaceTrainingRefused(QuestionId Question, string Reason) : IMessage
{
    public string OrderKey => Question.Value;
}

/// <summary>Somebody voted: find out who they are.</summary>
public sealed record ColleagueVoted(string Voter) : IMessage
{
    public string OrderKey => Voter;
}

/// <summary>A question was asked, or is not what its post shows any more.</summary>
public sealed record QuestionChanged(QuestionId Question) : IMessage
{
    public string OrderKey => Question.Value;
}

/// <summary>A person gained faces: the unknown faces of the group that are still kept are looked at again.</summary>
public sealed record PersonTaught(PersonId Person, GroupId Group) : IMessage
{
    public string OrderKey => Group.Value;
}

/// <summary>A person lost faces that were wrong: the names that they gave are looked at again.</summary>
/// <param name="Since">When the first of them was said to be the person.</param>
public sealed record PersonUntaught(PersonId Person, GroupId Group, DateTimeOffset Since) : IMessage
{
    public string OrderKey => Group.Value;
}

/// <summary>Look after the questions: remind, give up.</summary>
public sealed record LookAfterQuestions(DateTimeOffset Due) : IMessage;

/// <summary>See in which groups it is three in the morning and something new was taught.</summary>
public sealed record StartTrainings(DateTimeOffset Due) : IMessage;

/// <summary>Look at everything that a group's persons were taught: make their vectors anew, drop what does not fit.</summary>
public sealed record StartTraining(GroupId Group) : IMessage
{
    public string OrderKey => Group.Value;
}

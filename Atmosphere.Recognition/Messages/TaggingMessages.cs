using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Messages;

/// <summary>The face could not be identified: ask colleagues, once per cluster.</summary>
public sealed record FaceNotIdentified(PhotoId Photo, FaceId Face, GroupId Group) : IMessage
{
    /// <summary>Two faces of a cluster must not lead to two questions.</summary>
    public string OrderKey => Group.Value;
}

/// <summary>A colleague says that an identification is wrong.</summary>
/// <param name="Voter">slack:ID or participant:ID.</param>
public sealed record FaceIdentificationUndone(QuestionId Question, PersonId Person, string Voter) : IMessage
{
    public string OrderKey => Question.Value;
}

/// <summary>A colleague answered a question.</summary>
/// <param name="Voter">slack:ID or participant:ID.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Person">The named person; null for the other answers.</param>
public sealed record FaceTagReceived(QuestionId Question, string Voter, TagAnswer Answer, PersonId? Person) : IMessage
{
    public string OrderKey => Question.Value;
}

/// <summary>Enough colleagues gave the same answer.</summary>
public sealed record FaceTagged(QuestionId Question) : IMessage
{
    public string OrderKey => Question.Value;
}

/// <summary>The decision has been learned, if it contains anything to learn.</summary>
public sealed record FaceTrainingSent(QuestionId Question) : IMessage
{
    public string OrderKey => Question.Value;
}

/// <summary>The face engine refused the faces: discard the votes.</summary>
/// <param name="Reason">Key of a sentence in dialogs/tag-face.</param>
public sealed record FaceTrainingRefused(QuestionId Question, string Reason) : IMessage
{
    public string OrderKey => Question.Value;
}

/// <summary>A colleague voted: look up their name.</summary>
public sealed record ColleagueVoted(string Voter) : IMessage
{
    public string OrderKey => Voter;
}

/// <summary>A question was asked, or its post is out of date.</summary>
public sealed record QuestionChanged(QuestionId Question) : IMessage
{
    public string OrderKey => Question.Value;
}

/// <summary>A person gained faces: match the group's unknown faces again, as far as they are kept.</summary>
public sealed record PersonTaught(PersonId Person, GroupId Group) : IMessage
{
    public string OrderKey => Group.Value;
}

/// <summary>A person lost wrong faces: check the names that these faces gave.</summary>
/// <param name="Since">When the first of these faces was tagged as the person.</param>
public sealed record PersonUntaught(PersonId Person, GroupId Group, DateTimeOffset Since) : IMessage
{
    public string OrderKey => Group.Value;
}

/// <summary>Process open questions: send reminders, expire them.</summary>
public sealed record LookAfterQuestions(DateTimeOffset Due) : IMessage;

/// <summary>Find the groups where it is three in the morning and new faces were learned.</summary>
public sealed record StartTrainings(DateTimeOffset Due) : IMessage;

/// <summary>Check all learned faces of a group: recompute the persons' vectors and drop faces that do not fit.</summary>
public sealed record StartTraining(GroupId Group) : IMessage
{
    public string OrderKey => Group.Value;
}

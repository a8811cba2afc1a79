namespace Atmosphere.Recognition.Domain;

/// <summary>The kind of question that colleagues are asked about a face. Stored as its name in lower case.</summary>
public enum QuestionKind
{
    /// <summary>The face resembles no registered person: who is this?</summary>
    Who,

    /// <summary>The face resembles several persons, or none closely enough: which of them is it?</summary>
    Which,

    /// <summary>A parent said something about the face that a colleague should check.</summary>
    Check,

    /// <summary>The face was identified. Nothing is asked, but colleagues can undo the identification.</summary>
    Identified,
}

/// <summary>The state of a question. Stored as its name in lower case.</summary>
public enum QuestionState
{
    /// <summary>No votes yet.</summary>
    Asked,

    /// <summary>There are votes, but too few equal ones.</summary>
    Voting,

    /// <summary>Enough colleagues gave the same answer.</summary>
    Decided,

    /// <summary>The face engine refused the faces; the votes are deleted.</summary>
    Refused,

    /// <summary>No answer came in time, the faces are gone, or another question replaced this one.</summary>
    Expired,

    /// <summary>The decision was undone; the question is being asked again.</summary>
    Undone,
}

/// <summary>A colleague's answer. Stored in lower case, with a hyphen.</summary>
public enum TagAnswer
{
    /// <summary>A named person.</summary>
    Person,

    /// <summary>Not a person: a picture, a doll, a shadow.</summary>
    Nobody,

    /// <summary>A visitor: never ask about this person again.</summary>
    Visitor,

    /// <summary>The picture does not show clearly who it is.</summary>
    CannotTell,
}

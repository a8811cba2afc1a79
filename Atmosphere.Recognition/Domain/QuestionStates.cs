namespace Atmosphere.Recognition.Domain;

/// <summary>What colleagues are asked about a face. Stored as its name in lower case.</summary>
public enum QuestionKind
{
    /// <summary>Nobody who is registered is like it: who is this?</summary>
    Who,

    /// <summary>It is like more than one, or not like enough: which of them is it?</summary>
    Which,

    /// <summary>A parent said something of it that somebody should check.</summary>
    Check,

    /// <summary>It got a name. Nothing is asked, but colleagues can say that it is not they.</summary>
    Identified,
}

/// <summary>Where a question stands. Stored as its name in lower case.</summary>
public enum QuestionState
{
    /// <summary>Nobody has answered yet.</summary>
    Asked,

    /// <summary>Somebody has answered; more equal votes are needed.</summary>
    Voting,

    /// <summary>Enough colleagues say the same.</summary>
    Decided,

    /// <summary>The face engine refuses the faces; the votes are gone.</summary>
    Refused,

    /// <summary>Nobody answered in time, the faces are gone, or another question has taken its place.</summary>
    Expired,

    /// <summary>What was decided was wrong; it is being asked again.</summary>
    Undone,
}

/// <summary>What a colleague says a face is. Stored in lower case, with a hyphen.</summary>
public enum TagAnswer
{
    /// <summary>A certain person.</summary>
    Person,

    /// <summary>No person at all: a picture, a doll, a shadow.</summary>
    Nobody,

    /// <summary>A visitor: never ask about them.</summary>
    Visitor,

    /// <summary>It cannot be told from the picture.</summary>
    CannotTell,
}

namespace Atmosphere.Bot.Conversations.ConnectPerson;

internal enum ConnectState
{
    /// <summary>The parent asked to register a child, or sent a photo; no group is known yet.</summary>
    Begun,

    /// <summary>Superstate of the questions below.</summary>
    Asking,
    AskGroup,
    AskName,
    AskIfName,
    AskSameName,
    AskPhotos,
    AskWhichFace,
    AskSamePerson,
    ConfirmFace,
    AskLookAlike,
    AskConsent,

    /// <summary>Registered, refused or cancelled.</summary>
    Ended,
}

internal enum ConnectTrigger
{
    /// <summary>The chat was opened, or the user greeted.</summary>
    Hello,
    AddChild,
    MyChildren,
    Help,
    Cancel,
    Back,
    Done,
    Yes,
    No,

    /// <summary>A teacher is to look at the child's face.</summary>
    AskTeacher,

    /// <summary>One of the parent's groups.</summary>
    GroupGiven,

    /// <summary>A valid name.</summary>
    NameGiven,

    /// <summary>The name of a child that the parent registered before.</summary>
    NameKnown,
    NameRefused,

    /// <summary>A word that may be the name, or a command.</summary>
    MayBeName,

    /// <summary>At least one photo arrived and waits to be checked.</summary>
    Photo,

    /// <summary>Files arrived, but none is usable.</summary>
    Unreadable,
    GoodFace,
    PoorPhoto,
    SeveralFaces,
    OtherPerson,
    NotInPhoto,

    /// <summary>The face is the right one, but cannot be told apart from another child's of the parent.</summary>
    LookAlike,

    /// <summary>The text has no meaning here.</summary>
    Unclear,
}

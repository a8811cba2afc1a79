namespace Atmosphere.Bot.Conversations.ConnectPerson;

internal enum ConnectState
{
    Home,

    /// <summary>Any of the questions below.</summary>
    Asking,
    AskGroup,
    AskName,
    AskSameName,
    AskPhotos,
    AskWhichFace,
    AskSamePerson,
    ConfirmFace,
    AskLookAlike,
    AskConsent,
}

internal enum ConnectTrigger
{
    /// <summary>The chat was opened, or a greeting.</summary>
    Hello,
    AddChild,
    MyChildren,
    Help,
    Cancel,
    Back,
    Done,
    Yes,
    No,

    /// <summary>One of the parent's groups.</summary>
    GroupGiven,

    /// <summary>A name that can be used.</summary>
    NameGiven,

    /// <summary>A name that the parent registered before.</summary>
    NameKnown,
    NameRefused,

    /// <summary>At least one photo came and waits to be looked at.</summary>
    Photo,

    /// <summary>Files came, and none of them can be used.</summary>
    Unreadable,
    GoodFace,
    PoorPhoto,
    SeveralFaces,
    OtherPerson,
    NotInPhoto,

    /// <summary>The face is the right one, and somebody is registered from whom it cannot be told apart.</summary>
    LookAlike,

    /// <summary>Words that mean nothing here.</summary>
    Unclear,
}

namespace Atmosphere.Bot.Conversations.ConnectPerson;

internal enum ConnectState
{
    Home,
    AskName,
    AskSameName,
    AskPhotos,
    AskWhichFace,
    AskSamePerson,
    ConfirmFace,
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

    /// <summary>Words that mean nothing here.</summary>
    Unclear,
}

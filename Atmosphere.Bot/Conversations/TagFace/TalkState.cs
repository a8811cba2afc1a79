namespace Atmosphere.Bot.Conversations.TagFace;

internal enum TalkState
{
    /// <summary>Not begun, or over.</summary>
    Closed,

    /// <summary>Any of the questions below.</summary>
    Asking,

    /// <summary>The colleague says who it is: at the face, or by typing a name.</summary>
    Naming,

    /// <summary>A face is shown.</summary>
    Shown,

    /// <summary>The name of somebody who is registered is typed.</summary>
    AskName,

    /// <summary>The name of a child that nobody registered is typed.</summary>
    AskNewName,
    AskPhone,
    ConfirmInvitation,
}

internal enum TalkTrigger
{
    TagFaces,

    /// <summary>A vote that is taken; a face that waits is shown next.</summary>
    Voted,

    /// <summary>The question is decided, refused or expired meanwhile.</summary>
    TooLate,

    /// <summary>What was answered last is undone, or asked again.</summary>
    TakenBack,

    /// <summary>There is nothing to undo.</summary>
    NothingToTakeBack,

    /// <summary>A button of a face that was shown long ago.</summary>
    OldButton,
    Skip,
    SomebodyElse,
    NewPerson,

    /// <summary>A part of several names, or a name that several have.</summary>
    SeveralNames,

    /// <summary>Nobody in the group is called like this.</summary>
    NobodyCalledSo,
    NameGiven,
    NameRefused,
    PhoneGiven,

    /// <summary>The colleague tells the guardian themselves.</summary>
    NoPhone,
    PhoneRefused,
    Yes,
    No,
    Back,
    Cancel,
    Help,

    /// <summary>Something that is no answer.</summary>
    Unclear,
}

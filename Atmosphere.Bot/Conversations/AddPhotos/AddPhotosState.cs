namespace Atmosphere.Bot.Conversations.AddPhotos;

internal enum AddPhotosState
{
    Said,

    /// <summary>Any of the questions below.</summary>
    Asking,
    AskWhichChild,
    AskPhotos,
    AskWhichFace,
    AskSamePerson,
    Ended,
}

internal enum AddPhotosTrigger
{
    /// <summary>Nobody of theirs is learned yet.</summary>
    NoChild,

    /// <summary>The only child, or the one whose name was said.</summary>
    Chosen,
    SeveralChildren,

    /// <summary>Photos came before the child was named.</summary>
    Photo,
    GoodFace,
    PoorPhoto,
    SeveralFaces,

    /// <summary>The face does not look like the child.</summary>
    Unlike,
    NotInPhoto,
    Done,
    Yes,
    No,
    Cancel,
    Back,
    Help,

    /// <summary>Files came, and none of them can be used.</summary>
    Unreadable,
    Unclear,
}

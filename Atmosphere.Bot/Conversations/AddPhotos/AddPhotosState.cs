namespace Atmosphere.Bot.Conversations.AddPhotos;

internal enum AddPhotosState
{
    Said,

    /// <summary>Superstate of the questions below.</summary>
    Asking,
    AskWhichChild,
    AskPhotos,
    AskWhichFace,
    AskSamePerson,
    Ended,
}

internal enum AddPhotosTrigger
{
    /// <summary>The parent has no learned child.</summary>
    NoChild,

    /// <summary>The only child, or the one that was named.</summary>
    Chosen,
    SeveralChildren,

    /// <summary>Photos arrived before the child was named.</summary>
    Photo,
    GoodFace,
    PoorPhoto,
    SeveralFaces,

    /// <summary>The face does not resemble the child.</summary>
    Unlike,
    NotInPhoto,
    Done,
    Yes,
    No,
    Cancel,
    Back,
    Help,

    /// <summary>Files arrived, but none is usable.</summary>
    Unreadable,
    Unclear,
}

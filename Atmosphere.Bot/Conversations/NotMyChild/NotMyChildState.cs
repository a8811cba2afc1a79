namespace Atmosphere.Bot.Conversations.NotMyChild;

internal enum NotMyChildState
{
    Said,
    AskWhich,
    Ended,
}

internal enum NotMyChildTrigger
{
    /// <summary>There is no such photo, or it no longer shows a child of theirs.</summary>
    NoPhoto,
    OneChild,
    SeveralChildren,

    /// <summary>A number or a name.</summary>
    Chosen,
    None,
    Cancel,
    Back,
    Help,
    Unclear,
}

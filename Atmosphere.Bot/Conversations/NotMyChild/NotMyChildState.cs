namespace Atmosphere.Bot.Conversations.NotMyChild;

internal enum NotMyChildState
{
    Said,
    AskWhich,
    Ended,
}

internal enum NotMyChildTrigger
{
    /// <summary>There is no photo that it could be about, or nothing in it is theirs any more.</summary>
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

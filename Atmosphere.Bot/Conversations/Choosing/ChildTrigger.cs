namespace Atmosphere.Bot.Conversations.Choosing;

/// <summary>What a parent says in a conversation about one of their children.</summary>
internal enum ChildTrigger
{
    /// <summary>The user has no registered child.</summary>
    NoChild,

    /// <summary>It is not said which of several children.</summary>
    Several,

    /// <summary>No child of theirs has that name or number.</summary>
    Unknown,

    /// <summary>One child is meant.</summary>
    Chosen,

    /// <summary>One child is meant, about whom the other of the two questions is asked.</summary>
    ChosenOtherwise,
    Yes,
    No,
    Back,
    Cancel,
    Help,

    /// <summary>The chat was opened again.</summary>
    Again,

    /// <summary>Words that mean nothing here, or files.</summary>
    Unclear,
}

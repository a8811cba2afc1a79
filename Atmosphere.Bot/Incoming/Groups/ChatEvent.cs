namespace Atmosphere.Bot.Incoming.Groups;

/// <summary>An event of a chat group, or a private message, in a form common to all carriers.</summary>
/// <param name="Kind">The kind of event.</param>
/// <param name="Chat">The carrier's id of the chat.</param>
/// <param name="At">Time of the event by the carrier's clock; never later than its arrival.</param>
internal sealed record ChatEvent(ChatEventKind Kind, string Chat, DateTimeOffset At)
{
    /// <summary>The carrier's id of the message; empty if the event is no message.</summary>
    public string Message { get; init; } = "";

    /// <summary>The carrier's service of the chat; null if it has only one, or does not say.</summary>
    public string? Service { get; init; }

    /// <summary>The carrier's id of the sender; null if it does not say.</summary>
    public string? Author { get; init; }

    /// <summary>The phone numbers of ids that hide them, as far as the carrier told both.</summary>
    public IReadOnlyDictionary<string, string> Numbers { get; init; } = new Dictionary<string, string>();

    public string Text { get; init; } = "";

    public IReadOnlyList<IncomingFile> Files { get; init; } = [];

    /// <summary>The carrier's ids of the members who joined or left.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>The carrier's id of the message that this one replies to.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The carrier's ids of the messages that were deleted for everyone.</summary>
    public IReadOnlyList<string> Withdrawn { get; init; } = [];

    public string? ProfileName { get; init; }

    public bool Forwarded { get; init; }
}

internal enum ChatEventKind
{
    /// <summary>A message was posted in a group.</summary>
    Posted,

    /// <summary>Members joined a group.</summary>
    Joined,

    /// <summary>Members left a group, or were removed.</summary>
    Left,

    /// <summary>The bot left or was removed, or the group was deleted.</summary>
    Ended,

    /// <summary>A private message to the bot.</summary>
    Private,

    /// <summary>The author of messages in a group deleted them for everyone.</summary>
    Withdrawn,
}

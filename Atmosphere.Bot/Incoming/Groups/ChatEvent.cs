namespace Atmosphere.Bot.Incoming.Groups;

/// <summary>What a carrier told about a chat group, or that somebody wrote privately through it; the same for every carrier.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Chat">The carrier's id of the chat.</param>
/// <param name="At">When, by the carrier's clock; never later than it was told.</param>
internal sealed record ChatEvent(ChatEventKind Kind, string Chat, DateTimeOffset At)
{
    /// <summary>The carrier's id of the message; empty for what is none.</summary>
    public string Message { get; init; } = "";

    /// <summary>In which the carrier keeps the chat; null where it has only one, or does not say.</summary>
    public string? Service { get; init; }

    /// <summary>The carrier's id of who wrote; null where it does not say.</summary>
    public string? Author { get; init; }

    public string Text { get; init; } = "";

    public IReadOnlyList<IncomingFile> Files { get; init; } = [];

    /// <summary>The carrier's ids of who joined or left.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>The carrier's id of the message that this one answers.</summary>
    public string? ReplyTo { get; init; }

    public string? ProfileName { get; init; }

    public bool Forwarded { get; init; }
}

internal enum ChatEventKind
{
    /// <summary>Something was posted in a group.</summary>
    Posted,

    /// <summary>Members joined a group.</summary>
    Joined,

    /// <summary>Members left a group, or were removed.</summary>
    Left,

    /// <summary>The bot left, was removed, or the group is gone.</summary>
    Ended,

    /// <summary>Somebody wrote to the bot alone.</summary>
    Private,
}

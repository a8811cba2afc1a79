namespace Atmosphere.Bot.Incoming;

/// <summary>What somebody did in a conversation, the same for every channel.</summary>
/// <param name="Kind">Opened the chat, or wrote.</param>
/// <param name="Text">As typed; empty where only files were sent.</param>
/// <param name="Files">In the order they were sent.</param>
internal sealed record IncomingMessage(IncomingKind Kind, string Text, IReadOnlyList<IncomingFile> Files)
{
    /// <summary>The channel's id of the message that this one answers; null: none, or the channel does not say.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The message was forwarded from another chat.</summary>
    public bool Forwarded { get; init; }

    /// <summary>What the sender calls themselves; null where the channel does not say.</summary>
    public string? ProfileName { get; init; }
}

internal enum IncomingKind
{
    /// <summary>The person opened the chat and said nothing yet.</summary>
    Joined,

    /// <summary>A message.</summary>
    Message,

    /// <summary>The first message beyond what one sender may say in a while; its words are not kept, and what follows it is not heard.</summary>
    TooMany,
}

/// <summary>A file that came with a message: stored already, or still to be fetched.</summary>
/// <param name="Name">As the sender named it; empty where it has no name.</param>
/// <param name="ContentType">As the sender named it; what counts is the content.</param>
/// <param name="Media">Where it is stored.</param>
/// <param name="Url">Where it is to be fetched.</param>
/// <param name="Origin">The service that named the address and may be asked with our token.</param>
/// <param name="Failure">Why there is no file, where the channel knows it already.</param>
internal sealed record IncomingFile(
    string Name, string ContentType, string? Media = null, string? Url = null, string? Origin = null, FileFailure? Failure = null);

internal enum FileFailure
{
    /// <summary>Not to be had: refused address, gone, unreadable.</summary>
    Missing,

    /// <summary>Larger than the cap.</summary>
    TooLarge,

    /// <summary>Something spoken; it is not fetched.</summary>
    Voice,

    /// <summary>A film; it is not fetched.</summary>
    Video,

    /// <summary>Somebody's card; it is not fetched.</summary>
    Contact,

    /// <summary>Where somebody is; the place is not kept.</summary>
    Location,
}

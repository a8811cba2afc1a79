namespace Atmosphere.Bot.Incoming;

/// <summary>A user's message in a conversation, in a form common to all channels.</summary>
/// <param name="Kind">Whether the user opened the chat or wrote.</param>
/// <param name="Text">As typed; empty if only files were sent.</param>
/// <param name="Files">In the order they were sent.</param>
internal sealed record IncomingMessage(IncomingKind Kind, string Text, IReadOnlyList<IncomingFile> Files)
{
    /// <summary>The channel's id of the message that this one replies to; null: none or unknown.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The message was forwarded from another chat.</summary>
    public bool Forwarded { get; init; }

    /// <summary>The sender's display name; null if the channel does not tell it.</summary>
    public string? ProfileName { get; init; }
}

internal enum IncomingKind
{
    /// <summary>The user opened the chat and has not written yet.</summary>
    Joined,

    /// <summary>A message.</summary>
    Message,

    /// <summary>The first message beyond the sender's rate limit. Its text is not kept, and later ones are dropped.</summary>
    TooMany,
}

/// <summary>A file of a message: stored already, or still to be downloaded.</summary>
/// <param name="Name">The sender's name for the file; empty if it has none.</param>
/// <param name="ContentType">As declared by the sender; the content decides.</param>
/// <param name="Media">Key of the stored file.</param>
/// <param name="Url">Address for the download.</param>
/// <param name="Origin">The service that supplied the address and may receive our token.</param>
/// <param name="Failure">Why there is no file, if the channel knows already.</param>
internal sealed record IncomingFile(
    string Name, string ContentType, string? Media = null, string? Url = null, string? Origin = null, FileFailure? Failure = null)
{
    /// <summary>When we were told of it, if its server may have it a little later; null: it is there already.</summary>
    public DateTimeOffset? ToldAt { get; init; }
}

internal enum FileFailure
{
    /// <summary>Not available: address refused, file gone or unreadable.</summary>
    Missing,

    /// <summary>Larger than the limit.</summary>
    TooLarge,

    /// <summary>A voice message; not downloaded.</summary>
    Voice,

    /// <summary>A video; not downloaded.</summary>
    Video,

    /// <summary>A contact card; not downloaded.</summary>
    Contact,

    /// <summary>A location; not kept.</summary>
    Location,

    /// <summary>A sticker; not downloaded.</summary>
    Sticker,

    /// <summary>A photo or video that may be opened once; not downloaded.</summary>
    ViewOnce,
}

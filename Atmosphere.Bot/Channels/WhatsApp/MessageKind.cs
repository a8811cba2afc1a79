namespace Atmosphere.Bot.Channels.WhatsApp;

/// <summary>What a WhatsApp message is, whichever vendor tells of it.</summary>
internal enum MessageKind
{
    Text,

    /// <summary>A picture, or a file that may be one: its content decides.</summary>
    Photo,

    /// <summary>A file that was sent as a document and may be a picture: its content decides.</summary>
    Document,

    Sticker,

    /// <summary>A picture, video or voice message that its sender lets everyone open once.</summary>
    ViewOnce,

    Voice,

    /// <summary>A video, also one that is shown as a GIF.</summary>
    Video,

    /// <summary>Announces an album: the pictures come as messages of their own.</summary>
    Album,

    Contact,
    Location,
    Reaction,
    Poll,

    /// <summary>A new text for a message that was sent before.</summary>
    Edit,

    /// <summary>A message was deleted for everyone.</summary>
    Withdrawal,

    /// <summary>A message of WhatsApp itself, such as a changed number or a pinned message.</summary>
    System,
}

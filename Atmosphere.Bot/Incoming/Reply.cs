using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Incoming;

/// <summary>One bubble that the bot says.</summary>
/// <param name="Text">Plain text.</param>
/// <param name="Buttons">Words that the person can tap instead of typing them.</param>
/// <param name="Picture">Shown under the text.</param>
internal sealed record Reply(string Text, IReadOnlyList<string> Buttons, MediaKey? Picture = null)
{
    /// <summary>A document in place of a picture. A channel that takes no such documents sends a link to it.</summary>
    public ReplyFile? File { get; init; }

    /// <summary>No answer, and yet they asked for just this: they get it even after they opted out.</summary>
    public bool AskedFor { get; init; }
}

/// <param name="Media">Where it is.</param>
/// <param name="Name">What the receiver sees.</param>
/// <param name="ContentType">Such as application/json.</param>
internal sealed record ReplyFile(MediaKey Media, string Name, string ContentType);

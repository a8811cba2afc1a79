using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Incoming;

/// <summary>One message from the bot.</summary>
/// <param name="Text">Plain text.</param>
/// <param name="Buttons">Texts that the user can tap instead of typing them.</param>
/// <param name="Picture">Shown under the text.</param>
internal sealed record Reply(string Text, IReadOnlyList<string> Buttons, MediaKey? Picture = null)
{
    /// <summary>A document instead of a picture. A channel without support for documents sends a link to it.</summary>
    public ReplyFile? File { get; init; }

    /// <summary>Not a direct answer, but requested by the user: it is sent even after they opted out.</summary>
    public bool AskedFor { get; init; }
}

/// <param name="Media">Key of the stored file.</param>
/// <param name="Name">File name shown to the recipient.</param>
/// <param name="ContentType">Such as application/json.</param>
internal sealed record ReplyFile(MediaKey Media, string Name, string ContentType);

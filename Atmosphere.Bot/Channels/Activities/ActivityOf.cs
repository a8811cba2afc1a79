using Atmosphere.Bot.Turns;

namespace Atmosphere.Bot.Channels.Activities;

/// <summary>Replies as activities.</summary>
internal static class ActivityOf
{
    public static ChannelAccount Bot { get; } = new("atmosphere", "Atmosphere", "bot");

    public static Activity Typing { get; } = new() { Type = "typing", From = Bot };

    /// <param name="url">Where the reply's picture or file is to be had; null: it has none, or that is said later.</param>
    public static Activity Reply(Reply reply, string? url) => new()
    {
        Type = "message",
        From = Bot,
        // Plain: a child's name is never read as markup.
        TextFormat = "plain",
        Text = reply.Text,
        InputHint = reply.Buttons.Count > 0 ? "expectingInput" : "acceptingInput",
        SuggestedActions = reply.Buttons.Count == 0
            ? null
            : new SuggestedActions([.. reply.Buttons.Select(button => new CardAction("imBack", button, button))]),
        Attachments = url is null ? null
            : reply.File is { } file ? [new Attachment(file.ContentType, url, file.Name)]
            : [new Attachment("image/jpeg", url, "photo.jpg")],
    };
}

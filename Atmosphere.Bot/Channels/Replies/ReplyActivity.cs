using Atmosphere.Bot.Incoming;
using Microsoft.Bot.Schema;

namespace Atmosphere.Bot.Channels.Replies;

/// <summary>Replies as activities of the Bot Framework.</summary>
internal static class ReplyActivity
{
    private const string BotName = "Atmosphere";

    /// <summary>The bot in a conversation.</summary>
    /// <param name="id">Its id in the channel.</param>
    public static ChannelAccount Bot(string id = "atmosphere") => new(id, BotName, RoleTypes.Bot);

    /// <summary>The sign that the bot is typing.</summary>
    public static Activity Typing() => new() { Type = ActivityTypes.Typing, From = Bot() };

    /// <param name="url">Where the reply's picture or file is to be had; null: it has none, or that is said later.</param>
    public static Activity Of(Reply reply, string? url) => new()
    {
        Type = ActivityTypes.Message,
        From = Bot(),
        // Plain: a child's name is never read as markup.
        TextFormat = TextFormatTypes.Plain,
        Text = reply.Text,
        InputHint = reply.Buttons.Count > 0 ? InputHints.ExpectingInput : InputHints.AcceptingInput,
        SuggestedActions = reply.Buttons.Count == 0
            ? null
            : new SuggestedActions(actions: [.. reply.Buttons.Select(button => new CardAction(ActionTypes.ImBack, button, value: button))]),
        Attachments = url is null ? null
            : reply.File is { } file ? [new Attachment(file.ContentType, url, name: file.Name)]
            : [new Attachment("image/jpeg", url, name: "photo.jpg")],
    };
}

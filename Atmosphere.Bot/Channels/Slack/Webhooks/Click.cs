using System.Text.Json;
using Atmosphere.Bot.Channels.Webhooks;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>A pressed button or a chosen entry.</summary>
/// <param name="Source">Slack's id of the click, the same when Slack repeats it.</param>
/// <param name="Request">Its data.</param>
/// <param name="Page">Page of the App Home where it was pressed; null: elsewhere.</param>
internal sealed record Click(string Source, SlackRequest Request, int? Page)
{
    private const int LongestText = 2000;

    /// <param name="payload">A payload of type block_actions.</param>
    /// <returns>Empty if it contains no action.</returns>
    public static IEnumerable<Click> Read(JsonElement payload)
    {
        if (SlackIds.User(payload.Of("user")?.TextOf("id")) is not { } user)
            yield break;
        var view = payload.Of("view");
        var home = view?.TextOf("type") == "home";
        foreach (var action in payload.ListOf("actions"))
        {
            var request = new SlackRequest(SlackRequestKind.Click, user)
            {
                Channel = SlackIds.Channel(payload.Of("channel")?.TextOf("id") ?? payload.Of("container")?.TextOf("channel_id")),
                ResponseUrl = Short(payload.TextOf("response_url")),
                Trigger = Short(payload.TextOf("trigger_id")),
                View = home ? null : Short(view?.TextOf("id")),
                Action = Short(action.TextOf("action_id")),
                Block = Short(action.TextOf("block_id")),
                Value = Short(action.TextOf("value") ?? action.Of("selected_option")?.TextOf("value")),
            };
            var source = $"click {user} {request.Trigger} {action.TextOf("action_ts")} {request.Action} {request.Block} {request.Value}";
            yield return new Click(source, request, home ? PageOf(view!.Value) : null);
        }
    }

    private static int PageOf(JsonElement view) => int.TryParse(view.TextOf("private_metadata"), out var page) && page is >= 0 and < 1000 ? page : 0;

    private static string? Short(string? text) => text is { Length: <= LongestText } ? text : null;
}

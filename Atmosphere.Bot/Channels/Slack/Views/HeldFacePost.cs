using System.Text.Json.Nodes;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Outbound;

namespace Atmosphere.Bot.Channels.Slack.Views;

/// <summary>Draws a held face for colleagues: what is asked, the picture, and two buttons.</summary>
internal static class HeldFacePost
{
    public static QuestionPost Of(HeldFaceView held, Sentences sentences)
    {
        var (key, picture) = held.Kind switch
        {
            HeldFaceKind.Person => ("slack.held-person", "slack.held-picture"),
            HeldFaceKind.Registration => ("slack.held-registration", "slack.held-picture"),
            HeldFaceKind.Matches => ("slack.held-matches", "slack.held-matches-picture"),
            _ => throw new ArgumentOutOfRangeException(nameof(held), held.Kind, "No face is held for this reason."),
        };
        var text = sentences.Say(key, new Dictionary<string, string> { ["name"] = SlackText.Escape(held.Name), ["group"] = SlackText.Escape(held.GroupName) });
        var value = TagActions.Value(held.Id);
        var matches = held.Kind == HeldFaceKind.Matches;
        return new(text, new JsonArray(
            Block.Section(text),
            Block.Picture(held.Picture, sentences.Say(picture)),
            Block.Actions(
                $"answers.{held.Id}",
                Block.Button(TagActions.Same, sentences.Say(matches ? "slack.held-all" : "slack.held-same"), value),
                Block.Button(TagActions.Other, sentences.Say(matches ? "slack.held-not-all" : "slack.held-other"), value))));
    }

    /// <summary>The post when nothing has to be answered any more: it names and shows nobody.</summary>
    public static QuestionPost Ended(Sentences sentences)
    {
        var text = sentences.Say("slack.held-ended");
        return new(text, new JsonArray(Block.Section(text)));
    }
}

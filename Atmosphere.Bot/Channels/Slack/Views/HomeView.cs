using System.Globalization;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Questions;

namespace Atmosphere.Bot.Channels.Slack.Views;

/// <summary>Draws the App Home: open questions, oldest first, with buttons; statistics of the week; and the top voters.</summary>
internal static class HomeView
{
    public static JsonObject Of(Sentences sentences, HomeContent content, string voter)
    {
        List<JsonObject> blocks =
        [
            Block.Header(sentences.Say("slack-answers.title")),
            Block.Section(
                content.Waiting == 0 ? sentences.Say("slack-answers.nothing-waits") : Say(sentences, "slack-answers.waiting", ("count", content.Waiting)),
                Block.Button(HomeActions.Refresh, sentences.Say("slack-answers.refresh"), "0")),
            Block.Context(Block.Markdown(Say(
                sentences, "slack-answers.week", ("asked", content.Week.Asked), ("decided", content.Week.Decided), ("photos", content.Week.Photos)))),
        ];
        foreach (var question in content.Shown)
            blocks.AddRange([Block.Divider(), .. QuestionRow.Of(sentences, question, voter)]);
        if (Turning(sentences, content) is { Count: > 0 } turning)
            blocks.AddRange([Block.Divider(), Block.Actions("pages", turning)]);
        blocks.AddRange([Block.Divider(), Block.Section(Helpers(sentences, content.Week.Helpers))]);
        return View(content.Page, blocks);
    }

    /// <param name="key">Key of the text that says why nothing is shown.</param>
    public static JsonObject Refusal(Sentences sentences, string key) => View(0, [Block.Section(sentences.Say(key))]);

    private static JsonObject View(int page, IEnumerable<JsonObject> blocks) => new()
    {
        ["type"] = "home",
        ["private_metadata"] = page.ToString(CultureInfo.InvariantCulture),
        ["blocks"] = new JsonArray([.. blocks]),
    };

    private static List<JsonObject> Turning(Sentences sentences, HomeContent content)
    {
        List<JsonObject> buttons = [];
        if (content.Page > 0)
            buttons.Add(Block.Button(HomeActions.Back, sentences.Say("slack-answers.back"), $"{content.Page - 1}"));
        if (content.HasMore)
            buttons.Add(Block.Button(HomeActions.More, sentences.Say("slack-answers.more"), $"{content.Page + 1}"));
        return buttons;
    }

    private static string Helpers(Sentences sentences, IReadOnlyList<Helper> helpers) => helpers.Count == 0
        ? sentences.Say("slack-answers.no-helpers")
        : string.Join('\n', helpers.Select((helper, index) => $"{index + 1}. {NameOf(sentences, helper)}: {helper.Votes}").Prepend(sentences.Say("slack-answers.helpers")));

    private static string NameOf(Sentences sentences, Helper helper) =>
        helper.Voter.StartsWith("slack:", StringComparison.Ordinal) ? $"<@{helper.Voter["slack:".Length..]}>"
        : helper.Name is { } name ? SlackText.Escape(name)
        : sentences.Say("slack-answers.somebody");

    private static string Say(Sentences sentences, string key, params (string Name, int Value)[] values) =>
        sentences.Say(key, values.ToDictionary(value => value.Name, value => value.Value.ToString(CultureInfo.InvariantCulture)));
}

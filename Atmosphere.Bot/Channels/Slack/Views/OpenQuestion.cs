using System.Text.Json.Nodes;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;

namespace Atmosphere.Bot.Channels.Slack.Views;

/// <summary>
/// Draws an open question: pictures, suggestions as buttons, the list of all persons, and the answers that are not names.
/// </summary>
internal static class OpenQuestion
{
    private const int MostSuggestions = 5;

    public static QuestionPost Of(QuestionView question, QuestionWords words)
    {
        var title = words.Title;
        var text = $"{words.Asked} {words.Photos}";
        List<JsonObject> blocks = [Block.Header(title), .. Pictures(question, words, text)];
        if (Suggestions(question, words) is { Count: > 0 } suggestions)
            blocks.Add(Block.Actions($"suggestions.{question.Id}", suggestions));
        blocks.Add(Block.Actions(TagActions.BlockOf(question.Id), Block.ExternalSelect(TagActions.Select, words.Plain("slack.select")), New(question, words)));
        blocks.Add(Block.Actions($"answers.{question.Id}", Answers(question, words)));
        blocks.Add(Block.Context(new[] { words.Votes, words.Needed }.OfType<string>().Select(Block.Markdown)));
        return new QuestionPost($"{SlackText.Escape(title)} {text}", new JsonArray([.. blocks]));
    }

    // With surroundings, that picture is large and the face small beside the text; a face alone is large.
    private static IEnumerable<JsonObject> Pictures(QuestionView question, QuestionWords words, string text)
    {
        var both = question.Thumbnail is not null && question.ZoomIn is not null;
        yield return Block.Section(text, both ? Block.Picture(question.Thumbnail!, words.Plain("slack.picture")) : null);
        if (question.ZoomIn is not null)
            yield return Block.Picture(question.ZoomIn, words.Plain("slack.surroundings"));
        else if (question.Thumbnail is not null)
            yield return Block.Picture(question.Thumbnail, words.Plain("slack.picture"));
    }

    private static List<JsonObject> Suggestions(QuestionView question, QuestionWords words)
    {
        List<JsonObject> buttons = [];
        if (question.Kind == QuestionKind.Check && words.ParentSaysYes && question.About is { } about)
            buttons.Add(Person(about, words.Plain("slack.yes", ("name", QuestionWords.Short(about.Name)))));
        // A name that was undone is not suggested again.
        foreach (var suggestion in question.Suggestions.Where(suggestion => question.Kind is not (QuestionKind.Check or QuestionKind.Identified) || suggestion.Person != question.About?.Person))
        {
            if (buttons.Count < MostSuggestions)
                buttons.Add(Person(suggestion, QuestionWords.Candidate(suggestion)));
        }

        return buttons;

        JsonObject Person(Suggestion suggestion, string label) =>
            Block.Button(TagActions.Person(buttons.Count + 1), label, TagActions.Value(question.Id, suggestion.Person));
    }

    private static JsonObject New(QuestionView question, QuestionWords words) =>
        Block.Button(TagActions.New, words.Plain("slack.new"), TagActions.Value(question.Id));

    private static JsonObject[] Answers(QuestionView question, QuestionWords words)
    {
        var value = TagActions.Value(question.Id);
        var (yes, no) = (words.Plain("slack.sure"), words.Plain("slack.not-sure"));
        return
        [
            Block.Confirmed(Block.Button(TagActions.Nobody, words.Plain("slack.nobody"), value), words.Plain("slack.nobody-title"), words.Plain("slack.nobody-text"), yes, no),
            Block.Confirmed(Block.Button(TagActions.Visitor, words.Plain("slack.visitor"), value), words.Plain("slack.visitor-title"), words.Plain("slack.visitor-text"), yes, no),
            Block.Button(TagActions.CannotTell, words.Plain("slack.cannot-tell"), value),
        ];
    }
}

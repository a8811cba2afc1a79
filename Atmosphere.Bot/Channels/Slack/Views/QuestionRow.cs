using System.Globalization;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;

namespace Atmosphere.Bot.Channels.Slack.Views;

/// <summary>Draws a question in a list: its picture and one row of buttons.</summary>
internal static class QuestionRow
{
    private const int MostSuggestions = 5;

    /// <returns>Two blocks.</returns>
    public static IEnumerable<JsonObject> Of(Sentences sentences, QuestionView question, string voter)
    {
        yield return Block.Section(
            $"*{Ask(sentences, question)}*\n{About(sentences, question, voter)}",
            question.Thumbnail is { } picture ? Block.Picture(picture, sentences.Say("slack-answers.picture")) : null);
        var value = TagActions.Value(question.Id);
        yield return Block.Actions(
            TagActions.BlockOf(question.Id),
            [
                .. question.Suggestions.Take(MostSuggestions).Select((person, index) =>
                    Block.Button(TagActions.Person(index + 1), LabelOf(person), TagActions.Value(question.Id, person.Person))),
                Block.ExternalSelect(TagActions.Select, sentences.Say("slack-answers.somebody-else")),
                Block.Button(TagActions.New, sentences.Say("slack-answers.new-person"), value),
                Block.Button(TagActions.Nobody, sentences.Say("slack-answers.nobody"), value),
                Block.Button(TagActions.Visitor, sentences.Say("slack-answers.visitor"), value),
                Block.Button(TagActions.CannotTell, sentences.Say("slack-answers.cannot-tell"), value),
            ]);
    }

    /// <summary>When it was asked; Slack shows it in each reader's time zone.</summary>
    public static string AskedAt(QuestionView question) =>
        string.Create(CultureInfo.InvariantCulture, $"<!date^{question.AskedAt.ToUnixTimeSeconds()}^{{date_short_pretty}} {{time}}|{question.AskedAt:yyyy-MM-dd HH:mm} UTC>");

    /// <summary>The text of the question.</summary>
    public static string Ask(Sentences sentences, QuestionView question) => sentences.Say(
        question.Kind switch
        {
            QuestionKind.Which => "slack-answers.which",
            QuestionKind.Check => "slack-answers.check",
            _ => "slack-answers.who",
        },
        Values(("group", SlackText.Escape(question.GroupName))));

    private static string About(Sentences sentences, QuestionView question, string voter)
    {
        var lines = new List<string> { $"{sentences.Say("slack-answers.photos", Values(("count", Text(question.Photos))))} {AskedAt(question)}" };
        if (question.Thumbnail is null)
            lines.Add(sentences.Say("slack-answers.no-picture"));
        if (question.Votes.Count > 0)
            lines.Add(sentences.Say("slack-answers.votes", Values(("count", Text(question.Votes.Count)), ("needed", Text(question.Needed)))));
        if (question.Votes.LastOrDefault(vote => vote.Voter == voter) is { } own)
            lines.Add(sentences.Say("slack-answers.yours", Values(("answer", AnswerOf(sentences, own)))));
        return string.Join('\n', lines);
    }

    private static string AnswerOf(Sentences sentences, VoteView vote) => vote.Answer switch
    {
        TagAnswer.Nobody => sentences.Say("slack-answers.nobody"),
        TagAnswer.Visitor => sentences.Say("slack-answers.visitor"),
        TagAnswer.CannotTell => sentences.Say("slack-answers.cannot-tell"),
        _ => SlackText.Escape(vote.Name ?? "?"),
    };

    private static string LabelOf(Suggestion person) =>
        person.Similarity is { } similarity ? string.Create(CultureInfo.InvariantCulture, $"{person.Name} {similarity:0} %") : person.Name;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Values(params (string Name, string Value)[] values) => values.ToDictionary(value => value.Name, value => value.Value);
}

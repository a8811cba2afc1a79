using System.Text.Json.Nodes;
using Atmosphere.Recognition.Outbound;

namespace Atmosphere.Bot.Channels.Slack.Views;

/// <summary>Draws a decided question: the decision, the voters, the effect, and a button to undo it.</summary>
internal static class DecidedQuestion
{
    public static QuestionPost Of(QuestionView question, QuestionWords words)
    {
        var text = words.Decided;
        var accessory = question.Thumbnail is { } picture ? Block.Picture(picture, words.Plain("slack.picture")) : null;
        List<JsonObject> blocks = [Block.Section(text, accessory)];
        if (After(question, words) is { Count: > 0 } after)
            blocks.Add(Block.Context(after));
        if (QuestionWords.NameOf(question) is { } person)
            blocks.Add(Block.Actions($"undo.{question.Id}", Undo(question, person, words)));
        return new QuestionPost(text, new JsonArray([.. blocks]));
    }

    private static List<JsonObject> After(QuestionView question, QuestionWords words)
    {
        List<JsonObject> said = [];
        if (words.Taggers is { } taggers)
            said.Add(Block.Markdown(taggers));
        if (question.Delivered > 0)
            said.Add(Block.Markdown(words.Delivered));
        return said;
    }

    private static JsonObject Undo(QuestionView question, Suggestion person, QuestionWords words) =>
        Block.Button(TagActions.Undo, words.Plain("slack.undo", ("name", QuestionWords.Short(person.Name))), TagActions.Value(question.Id, person.Person));
}

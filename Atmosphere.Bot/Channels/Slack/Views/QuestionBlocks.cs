using System.Text.Json.Nodes;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;

namespace Atmosphere.Bot.Channels.Slack.Views;

/// <summary>Draws a question of any kind and state for colleagues.</summary>
internal static class QuestionBlocks
{
    public static QuestionPost Of(QuestionView question, Sentences sentences)
    {
        var words = new QuestionWords(question, sentences);
        return question.State switch
        {
            QuestionState.Asked or QuestionState.Voting => OpenQuestion.Of(question, words),
            QuestionState.Decided => DecidedQuestion.Of(question, words),
            QuestionState.Refused => Said(words.Say("slack.refused", ("reason", words.Reason("slack.refused-why")))),
            QuestionState.Expired => Said(words.Say("slack.expired", ("reason", words.Reason("slack.expired-why")))),
            QuestionState.Undone => Said(words.Undone),
            _ => throw new ArgumentOutOfRangeException(nameof(question), question.State, "A question never stands like this."),
        };
    }

    private static QuestionPost Said(string markdown) => new(markdown, new JsonArray(Block.Section(markdown)));
}

using System.Globalization;
using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;

namespace Atmosphere.Bot.Channels.Slack.Views;

/// <summary>The texts of a question. Titles, buttons and alt texts are plain; all others are mrkdwn with escaped names.</summary>
internal sealed class QuestionWords(QuestionView question, Sentences sentences)
{
    // A longer name would push the similarity off the button.
    private const int MostOfAName = 40;

    private const int MostTaggers = 10;
    private const int MostVotes = 20;

    /// <summary>The title.</summary>
    public string Title => (question.Kind, question.Suggestions, question.About) switch
    {
        (QuestionKind.Which, [var first, var second, ..], _) => Plain("slack.which-title", ("first", Like(first, " ")), ("second", Like(second, " "))),
        (QuestionKind.Check, _, { } about) when ParentSaysYes => Plain("slack.check-title", ("name", Short(about.Name))),
        _ => Plain("slack.who-title"),
    };

    public string Asked => (question.Kind, question.About) switch
    {
        (QuestionKind.Which, _) => Say("slack.which"),
        (QuestionKind.Check, { } about) => Say(ParentSaysYes ? "slack.vote" : "slack.not-my-child", ("name", SlackText.Escape(about.Name))),
        (QuestionKind.Identified, { } about) => Say("slack.wrong", ("name", SlackText.Escape(about.Name))),
        _ => Say("slack.unknown-face"),
    };

    /// <summary>True if the parent forwarded a photo in which the child was missed, not one with a wrong name.</summary>
    public bool ParentSaysYes =>
        question.About is { } about && question.Votes.Any(vote => SlackPeople.IdOf(vote.Voter) is null && vote.Answer == TagAnswer.Person && vote.Person == about.Person);

    public string Photos => question.Photos == 1 ? Plain("slack.photos-one") : Plain("slack.photos-some", ("count", Number(question.Photos)));

    public string Needed
    {
        get
        {
            var best = question.Votes.GroupBy(vote => (vote.Answer, vote.Person)).Select(group => group.Count()).DefaultIfEmpty(0).Max();
            var left = Math.Max(1, question.Needed - best);
            return (question.Votes.Count, left) switch
            {
                (0, 1) => Plain("slack.needed-one"),
                (0, _) => Plain("slack.needed-some", ("count", Number(left))),
                (_, 1) => Plain("slack.more-one"),
                _ => Plain("slack.more-some", ("count", Number(left))),
            };
        }
    }

    public string Decided => (question.Kind, question.Answer, NameOf(question)) switch
    {
        (QuestionKind.Identified, _, { Similarity: { } similarity } person) =>
            Say("slack.identified", ("name", SlackText.Escape(person.Name)), ("similarity", Percent(similarity))),
        (_, TagAnswer.Nobody, _) => Say("slack.decided-nobody"),
        (_, TagAnswer.Visitor, _) => Say("slack.decided-visitor"),
        (_, TagAnswer.CannotTell, _) => Say("slack.decided-cannot-tell"),
        (_, _, { } person) => Say("slack.decided", ("name", SlackText.Escape(person.Name))),
        _ => Say("slack.decided-gone"),
    };

    /// <summary>The voters for the decision; null: none.</summary>
    public string? Taggers
    {
        get
        {
            var person = question.Person?.Person;
            var voters = question.Votes.Where(vote => vote.Answer == question.Answer && (vote.Answer != TagAnswer.Person || vote.Person == person))
                .Select(Voter).Distinct().TakeLast(MostTaggers).ToList();
            return voters.Count == 0 ? null : Plain("slack.tagged-by", ("voters", string.Join(", ", voters)));
        }
    }

    public string Delivered => question.Delivered == 1 ? Plain("slack.sent-one") : Plain("slack.sent-some", ("count", Number(question.Delivered)));

    public string Undone => NameOf(question) is { } person ? Say("slack.undone", ("name", SlackText.Escape(person.Name))) : Say("slack.undone-nobody");

    /// <returns>Null if there is no name or the person is gone.</returns>
    public static Suggestion? NameOf(QuestionView question) => question.Answer switch
    {
        null or TagAnswer.Person => question.Person ?? (question.Kind == QuestionKind.Identified ? question.About : null),
        _ => null,
    };

    public static string Short(string name) => Block.Cut(name, MostOfAName);

    /// <summary>A text about the group, in mrkdwn.</summary>
    /// <param name="values">Escaped values.</param>
    public string Say(string key, params (string Name, string Value)[] values) => Plain(key, [("group", $"*{SlackText.Escape(question.GroupName)}*"), .. values]);

    public string Plain(string key, params (string Name, string Value)[] values) => sentences.Say(key, values.ToDictionary(value => value.Name, value => value.Value));

    /// <summary>Why the question ended.</summary>
    /// <param name="otherwise">Key of the text if no reason is known.</param>
    public string Reason(string otherwise) => Plain(
        question.Reason is { } reason && sentences.Keys.Contains(reason) ? reason : otherwise,
        ("name", question.Person is { } person ? SlackText.Escape(Short(person.Name)) : Plain("slack.somebody")));

    /// <summary>The label of a suggestion: "Maya, 71 %".</summary>
    public static string Candidate(Suggestion suggestion) => Like(suggestion, ", ");

    /// <summary>The votes so far; null: none.</summary>
    public string? Votes => question.Votes.Count == 0
        ? null
        : Plain("slack.said-so-far", ("votes", string.Join(" · ", question.Votes.TakeLast(MostVotes).Select(vote => $"{Voter(vote)}: {AnswerOf(vote)}"))));

    private static string Like(Suggestion suggestion, string between) =>
        suggestion.Similarity is { } similarity ? $"{Short(suggestion.Name)}{between}{Percent(similarity)} %" : Short(suggestion.Name);

    private string AnswerOf(VoteView vote) => vote.Answer switch
    {
        TagAnswer.Person => vote.Name is { } name ? SlackText.Escape(Short(name)) : Plain("slack.somebody"),
        TagAnswer.Nobody => Plain("slack.nobody-said"),
        TagAnswer.Visitor => Plain("slack.visitor-said"),
        _ => Plain("slack.cannot-tell-said"),
    };

    private string Voter(VoteView vote) => SlackPeople.IdOf(vote.Voter) is { } id ? $"<@{SlackText.Escape(id)}>" : Plain("slack.voter-elsewhere");

    // Rounded down, so that 100 means identical.
    private static string Percent(float similarity) => Number((int)Math.Floor(Math.Clamp(similarity, 0, 100)));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

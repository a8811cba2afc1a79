using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Slack.Views;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Questions;

namespace Atmosphere.Bot.Tests.Channels.Slack;

/// <summary>Homes, forms and answers to commands; Slack's published types are asked whether they are Block Kit.</summary>
public sealed class SlackViewsTests
{
    private const string Voter = "slack:U1";

    private static readonly Languages _languages = Languages.Load(Dialogs.Folder);

    [Fact]
    public async Task Every_home_and_form_in_every_language_is_block_kit()
    {
        var drawn = Languages.Codes.SelectMany(code => Drawn(_languages.Of(code).Sentences)).ToList();
        Assert.True(drawn.Count > 90);
        await BlockKit.AllValidAsync(drawn);
    }

    [Fact]
    public async Task What_is_answered_to_a_command_and_a_sent_form_is_block_kit()
    {
        await using var slack = await PlayedSlack.StartAsync();
        slack.Questions.Waiting.AddRange(Questions().Take(14));
        await slack.GetKnownAsync();
        var blocks = (await slack.CommandAsync("unknown"))!["blocks"]!;
        await slack.InteractAsync(slack.Click("home.show", Questions().First().Id.Value));
        var form = JsonNode.Parse($"{(await slack.HeardAsync("views.open", 1))[0]["view"]}")!;
        await slack.EventAsync(new JsonObject { ["type"] = "app_home_opened", ["user"] = "U0000DANA", ["tab"] = "home" });
        var home = JsonNode.Parse($"{(await slack.HeardAsync("views.publish", 1))[0]["view"]}")!;
        await BlockKit.AllValidAsync([blocks, form, home]);
    }

    [Fact]
    public void A_question_whose_picture_is_not_there_says_so_and_no_picture_is_without_words()
    {
        foreach (var code in Languages.Codes)
        {
            var sentences = _languages.Of(code).Sentences;
            foreach (var question in Questions())
            {
                var section = QuestionRow.Of(sentences, question, Voter).First();
                Assert.Equal(question.Thumbnail, (string?)section["accessory"]?["slack_file"]?["id"]);
                Assert.Equal(question.Thumbnail is not null, section["accessory"]?["alt_text"] is not null);
                Assert.Equal(question.Thumbnail is null, $"{section["text"]!["text"]}".Contains(sentences.Say("slack-answers.no-picture"), StringComparison.Ordinal));
            }
        }
    }

    private static IEnumerable<JsonNode> Drawn(Sentences sentences)
    {
        var all = Questions().ToList();
        foreach (var question in all)
        {
            yield return FormViews.Question(sentences, question, Voter);
            yield return FormViews.NewPerson(sentences, question);
        }

        var nobody = new WeekOfTags(0, 0, 0, []);
        var many = new WeekOfTags(7, 5, 12, [.. Enumerable.Range(0, 10).Select(i => new Helper(i % 2 == 0 ? $"slack:U{i}" : "participant:x", i % 3 == 0 ? null : new string('N', 300), i))]);
        yield return HomeView.Of(sentences, new HomeContent(0, 0, [], nobody), Voter);
        yield return HomeView.Of(sentences, new HomeContent(0, all.Count, [.. all.Take(HomeContent.PageSize)], many), Voter);
        yield return HomeView.Of(sentences, new HomeContent(1, 80, [.. Full(all)], many), Voter);
        yield return HomeView.Refusal(sentences, "slack-answers.not-a-member");
        yield return FormViews.Notice(sentences, sentences.Say("slack-answers.help"));
    }

    /// <summary>As many as a page holds, each once.</summary>
    private static IEnumerable<QuestionView> Full(List<QuestionView> all) =>
        Enumerable.Range(0, HomeContent.PageSize).Select(i => all[i % all.Count] with { Id = new QuestionId($"page-{i}") });

    private static IEnumerable<QuestionView> Questions()
    {
        var number = 0;
        foreach (var kind in Enum.GetValues<QuestionKind>())
        {
            foreach (var picture in new[] { null, "F0123456789" })
            {
                yield return Views.Of(kind, id: $"q{++number}") with { Thumbnail = picture, Suggestions = [] };
                yield return Views.Of(kind, QuestionState.Voting, $"q{++number}") with
                {
                    Thumbnail = picture,
                    GroupName = new string('G', 200),
                    Suggestions = [.. Enumerable.Range(0, 7).Select(i => new Suggestion(new PersonId($"p{i}"), new string('M', 100), i == 0 ? null : 90 - i))],
                    Votes = [Views.Says(Voter, Views.Maya), Views.Says("slack:U2", TagAnswer.CannotTell)],
                };
            }
        }
    }
}

using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Slack.Views;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;

namespace Atmosphere.Bot.Tests.Channels.Slack;

/// <summary>What colleagues see of a question; Slack's published types are asked whether it is Block Kit.</summary>
public sealed class QuestionBlocksTests
{
    private static readonly Languages _languages = Languages.Load(Dialogs.Folder);

    [Fact]
    public async Task Every_kind_in_every_state_and_language_is_block_kit()
    {
        var drawn = Languages.Codes.SelectMany(code => Everything().Select(view => (JsonNode)QuestionBlocks.Of(view, _languages.Of(code).Sentences).Blocks)).ToList();
        Assert.True(drawn.Count > 400);
        await BlockKit.AllValidAsync(drawn);
    }

    [Fact]
    public async Task A_broken_block_is_found()
    {
        var withoutAltText = Post(Pictured()).Blocks;
        _ = withoutAltText.Select(block => block!.AsObject()).Single(block => (string)block["type"]! == "image").Remove("alt_text");
        var plainHeader = Post(Pictured()).Blocks;
        plainHeader[0]!["text"]!["type"] = "mrkdwn";
        var unknownField = Post(Pictured()).Blocks;
        unknownField[1]!["colour"] = "white";
        foreach (var broken in new[] { withoutAltText, plainHeader, unknownField })
            Assert.NotEmpty(await BlockKit.ErrorsAsync([broken]));

        var longButton = Post(Pictured()).Blocks;
        longButton[3]!["elements"]![0]!["text"]!["text"] = new string('x', 76);
        Assert.Contains(await BlockKit.ErrorsAsync([longButton]), error => error.Contains("button.text", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_button_is_read_again_by_whoever_hears_it()
    {
        foreach (var view in Everything())
        {
            foreach (var (block, element) in Elements(Post(view)))
            {
                // An entry of the list is the id of a person.
                var value = (string)element["action_id"]! == TagActions.Select ? "maya" : (string?)element["value"];
                var action = TagActions.Read((string?)element["action_id"], block, value);
                Assert.NotNull(action);
                Assert.Equal(view.Id, action.Question);
                Assert.Equal(action.Kind is TagActionKind.Person or TagActionKind.Undo, action.Person is not null);
            }
        }
    }

    [Fact]
    public void No_picture_is_without_words_and_none_names_anybody()
    {
        foreach (var view in Everything())
        {
            var pictures = Within(Post(view).Blocks).OfType<JsonObject>().Where(node => node.ContainsKey("slack_file")).ToList();
            Assert.All(pictures, picture => Assert.Matches("^(A face|The same face)", (string)picture["alt_text"]!));
        }
    }

    [Theory]
    [InlineData(QuestionKind.Who, QuestionState.Asked, "Who is this?")]
    [InlineData(QuestionKind.Which, QuestionState.Asked, "Maya 88 % or Ben 85 %?")]
    [InlineData(QuestionKind.Check, QuestionState.Asked, "Who is this?", "a parent says that this is not Maya")]
    [InlineData(QuestionKind.Identified, QuestionState.Asked, "I took this face for Maya, which is wrong")]
    [InlineData(QuestionKind.Identified, QuestionState.Decided, "identified as *Maya*, 97 %.", "Not Maya?")]
    [InlineData(QuestionKind.Who, QuestionState.Decided, "this is *Maya*.", "Tagged by <@U1>.", "Not Maya?")]
    [InlineData(QuestionKind.Who, QuestionState.Voting, "<@U1>: Maya", "One more equal answer decides.")]
    [InlineData(QuestionKind.Who, QuestionState.Refused, "The picture is not good enough.")]
    [InlineData(QuestionKind.Who, QuestionState.Expired, "Nobody answered in time.")]
    [InlineData(QuestionKind.Who, QuestionState.Undone, "this is not *Maya*")]
    internal void It_says_how_it_stands(QuestionKind kind, QuestionState state, params string[] says)
    {
        var all = Words(Post(Views.Of(kind, state)));
        Assert.All(says, words => Assert.Contains(words, all, StringComparison.Ordinal));
    }

    [Fact]
    public void A_question_offers_suggestions_everybody_a_new_person_and_what_is_no_name()
    {
        var labels = Elements(Post(Pictured())).Select(element => (string?)element.Element["text"]?["text"] ?? (string)element.Element["placeholder"]!["text"]!);
        Assert.Equal(["Maya, 88 %", "Ben, 85 %", "Somebody else…", "New person", "Not a person", "A visitor: never ask", "Cannot tell"], labels);
        Assert.Contains("It is in 12 photos.", Words(Post(Pictured())), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parent_who_was_missed_is_asked_about_first()
    {
        var view = Views.Of(QuestionKind.Check) with { Votes = [Views.Says("participant:p1", Views.Maya)], Suggestions = [Views.Ben, Views.Maya] };
        var post = Post(view);
        Assert.Equal("Is this Maya?", (string?)post.Blocks[0]!["text"]!["text"]);
        Assert.Equal(["Yes, Maya", "Ben, 85 %"], Elements(post).Take(2).Select(element => (string?)element.Element["text"]!["text"]));
        Assert.Contains("somebody in another chat: Maya", Words(post), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_tagged_is_named_and_how_many_photos_went_out()
    {
        var view = Views.Of(QuestionKind.Who, QuestionState.Decided) with
        {
            Votes = [Views.Says("slack:U1", Views.Maya), Views.Says("slack:U2", Views.Ben), Views.Says("participant:p", Views.Maya)],
            Delivered = 3,
        };
        var words = Words(Post(view));
        Assert.Contains("Tagged by <@U1>, somebody in another chat.", words, StringComparison.Ordinal);
        Assert.Contains("3 photos sent to the guardians.", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_neither_mention_nor_link_and_long_ones_leave_room()
    {
        var trap = new Suggestion(new PersonId("trap"), "<!channel> <https://example.org|Maya> & " + new string('x', 100), 71);
        foreach (var state in Enum.GetValues<QuestionState>())
        {
            var post = Post(Views.Of(QuestionKind.Identified, state) with { GroupName = "<!here>", About = trap, Person = trap, Suggestions = [trap], Votes = [Views.Says("slack:U1", trap)] });
            foreach (var text in Within(post.Blocks).OfType<JsonObject>().Where(node => (string?)node["type"] == "mrkdwn").Select(node => (string)node["text"]!).Append(post.Text))
                Assert.DoesNotMatch("<[!h]", text);
        }

        var button = Elements(Post(Views.Of(QuestionKind.Who) with { Suggestions = [trap] })).First().Element;
        Assert.EndsWith("…, 71 %", (string)button["text"]!["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_taken_back_asks_once_more()
    {
        var asking = Elements(Post(Pictured())).Where(element => element.Element.ContainsKey("confirm")).Select(element => (string)element.Element["action_id"]!);
        Assert.Equal([TagActions.Nobody, TagActions.Visitor], asking);
    }

    private static QuestionPost Post(QuestionView view) => QuestionBlocks.Of(view, _languages.Default.Sentences);

    private static QuestionView Pictured() => Views.Of(QuestionKind.Who) with { Thumbnail = "F0000000001", ZoomIn = "F0000000002" };

    // Everything that a post may hold, few and many, with and without.
    private static IEnumerable<QuestionView> Everything()
    {
        var longName = new string('א', 300);
        List<Suggestion> many = [.. Enumerable.Range(1, 5).Select(number => new Suggestion(new PersonId($"p{number}"), $"<{longName}&{number}>", number == 5 ? null : 90 - number))];
        List<VoteView> votes =
        [
            .. Enumerable.Range(1, 40).Select(number => Views.Says($"slack:U{number}", many[0])),
            .. Enum.GetValues<TagAnswer>().Where(answer => answer != TagAnswer.Person).Select(answer => Views.Says("participant:x", answer)),
        ];
        foreach (var kind in Enum.GetValues<QuestionKind>())
        {
            foreach (var state in Enum.GetValues<QuestionState>())
            {
                var plain = Views.Of(kind, state);
                yield return plain;
                yield return plain with { Thumbnail = "F0000000001" };
                yield return plain with { Thumbnail = "F0000000001", ZoomIn = "F0000000002", Photos = 1, Delivered = 1, Needed = 1 };
                yield return plain with { Suggestions = [], About = null, Person = null, Votes = [], Reason = "slack.expired-why" };
                yield return plain with { Suggestions = many, About = many[0], Person = many[0], Votes = votes, GroupName = longName, Needed = 5, Delivered = 1000, Reason = "no.such-key" };
                foreach (var answer in Enum.GetValues<TagAnswer>())
                    yield return plain with { Answer = answer, Votes = [Views.Says("slack:U1", answer)] };
            }
        }
    }

    private static IEnumerable<(string? Block, JsonObject Element)> Elements(QuestionPost post) => post.Blocks.Where(block => (string)block!["type"]! == "actions")
        .SelectMany(block => block!["elements"]!.AsArray().Select(element => ((string?)block["block_id"], element!.AsObject())));

    private static string Words(QuestionPost post) =>
        string.Join('\n', Within(post.Blocks).OfType<JsonObject>().Where(node => (string?)node["type"] is "mrkdwn" or "plain_text").Select(node => (string)node["text"]!));

    private static IEnumerable<JsonNode> Within(JsonNode node)
    {
        var inner = node switch { JsonArray list => list.OfType<JsonNode>(), JsonObject thing => thing.Select(field => field.Value).OfType<JsonNode>(), _ => [] };
        return inner.SelectMany(Within).Prepend(node);
    }
}

using Atmosphere.Bot.Channels.Slack.Views;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bot.Tests.Channels.Slack;

public sealed class TagActionsTests
{
    private static readonly QuestionId _question = QuestionId.New();
    private static readonly PersonId _person = PersonId.New();

    [Fact]
    public void What_is_drawn_is_read_again()
    {
        Assert.Equal(new TagAction(TagActionKind.Person, _question, _person), TagActions.Read(TagActions.Person(5), "any", TagActions.Value(_question, _person)));
        Assert.Equal(new TagAction(TagActionKind.Person, _question, _person), TagActions.Read(TagActions.Select, TagActions.BlockOf(_question), _person.Value));
        Assert.Equal(new TagAction(TagActionKind.Undo, _question, _person), TagActions.Read(TagActions.Undo, "any", TagActions.Value(_question, _person)));
        Assert.Equal(new TagAction(TagActionKind.Nobody, _question, null), TagActions.Read(TagActions.Nobody, "any", TagActions.Value(_question)));
        Assert.Equal(new TagAction(TagActionKind.Visitor, _question, null), TagActions.Read(TagActions.Visitor, "any", TagActions.Value(_question)));
        Assert.Equal(new TagAction(TagActionKind.CannotTell, _question, null), TagActions.Read(TagActions.CannotTell, "any", TagActions.Value(_question)));
        Assert.Equal(new TagAction(TagActionKind.New, _question, null), TagActions.Read(TagActions.New, "any", TagActions.Value(_question)));
    }

    [Theory]
    [InlineData("tag.person.6", "question.q", "q|p")]
    [InlineData("tag.person.1", "question.q", "q")]
    [InlineData("tag.person.1", "question.q", "q|p|p")]
    [InlineData("tag.person.1", "question.q", "q|")]
    [InlineData("tag.person.1", "question.q", "' OR 1=1 --|p")]
    [InlineData("tag.select", "question.", "p")]
    [InlineData("tag.select", "other.q", "p")]
    [InlineData("tag.select", "question.q", null)]
    [InlineData("tag.nobody", "question.q", "q|p")]
    [InlineData("tag.nobody", "question.q", "q\n")]
    [InlineData("tag.unheard-of", "question.q", "q")]
    [InlineData(null, null, null)]
    public void What_we_do_not_draw_is_nothing(string? action, string? block, string? value) => Assert.Null(TagActions.Read(action, block, value));
}

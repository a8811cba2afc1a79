using Atmosphere.Bot.Conversations;

namespace Atmosphere.Bot.Tests.Conversations;

public sealed class ChildNameTests
{
    [Theory]
    [InlineData("Noa", "Noa")]
    [InlineData("  Noa \t Levi\r\n", "Noa Levi")]
    [InlineData("No\u0000a\u0007", "No a")]
    [InlineData("No\u200Ba\u202E", "Noa")]
    [InlineData("נועה", "נועה")]
    [InlineData("Zoë-Ann O'Neil", "Zoë-Ann O'Neil")]
    [InlineData("**Noa** [x](http://y)", "**Noa** [x](http://y)")]
    public void A_name_is_one_line_of_visible_letters(string typed, string name) => Assert.Equal(name, ChildName.Parse(typed, out _));

    [Theory]
    [InlineData("", "connect-person.name-empty")]
    [InlineData(" \n\u200B ", "connect-person.name-empty")]
    [InlineData("1234", "connect-person.name-without-letters")]
    [InlineData("😀", "connect-person.name-without-letters")]
    public void What_is_no_name_gets_a_reason(string typed, string reason)
    {
        Assert.Null(ChildName.Parse(typed, out var problem));
        Assert.Equal(reason, problem);
    }

    [Fact]
    public void A_name_has_at_most_sixty_letters()
    {
        Assert.NotNull(ChildName.Parse(new string('n', 60), out _));
        Assert.Null(ChildName.Parse(new string('n', 300), out var problem));
        Assert.Equal("connect-person.name-too-long", problem);
    }
}

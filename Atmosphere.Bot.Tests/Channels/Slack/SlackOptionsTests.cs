using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Channels.Slack;

public sealed class SlackOptionsTests
{
    [Fact]
    public void Nothing_set_is_off_and_everything_set_is_fine()
    {
        Assert.Empty(new SlackOptions().AllProblems());
        Assert.Empty(Good().AllProblems());
        var all = Good();
        (all.PreviousSigningSecret, all.TeamId, all.Language) = (new string('a', 32), "T0123456789", "he");
        Assert.Empty(all.AllProblems());
    }

    [Theory]
    [InlineData("SigningSecret", null)]
    [InlineData("SigningSecret", "xoxb-1234567890-not-this-one-of-the-bot")]
    [InlineData("BotToken", null)]
    [InlineData("BotToken", "xoxb-1 2")]
    [InlineData("PreviousSigningSecret", "old")]
    [InlineData("TeamId", "my-team")]
    [InlineData("Language", "fr")]
    [InlineData("Channel", "#faces")]
    [InlineData("ApiBaseUrl", "http://slack.com/api/")]
    public void A_setting_that_cannot_work_is_named_with_its_remedy(string key, string? value)
    {
        var options = Good();
        typeof(SlackOptions).GetProperty(key)!.SetValue(options, value);
        var problem = Assert.Single(options.AllProblems());
        Assert.Contains($"Atmosphere:Channels:Slack:{key}", problem, StringComparison.Ordinal);
        // Secrets are not repeated.
        Assert.DoesNotContain("xoxb-1", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("not-this-one", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_without_what_they_need_are_named()
    {
        Assert.Contains("SigningSecret is set without Atmosphere:Channels:Slack:BotToken", Assert.Single(new SlackOptions { SigningSecret = new string('0', 32) }.AllProblems()), StringComparison.Ordinal);
        Assert.Contains("PreviousSigningSecret is set without", Assert.Single(new SlackOptions { PreviousSigningSecret = new string('0', 32) }.AllProblems()), StringComparison.Ordinal);
    }

    private static SlackOptions Good() => new() { BotToken = "xoxb-1-test", SigningSecret = new string('0', 32), Channel = "C0123456789" };
}

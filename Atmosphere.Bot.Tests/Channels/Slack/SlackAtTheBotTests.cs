using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Channels.Slack;

/// <summary>The bot as it is started, with Slack in its settings.</summary>
public sealed class SlackAtTheBotTests
{
    [Fact]
    public async Task The_bot_speaks_to_slack_and_writes_no_secret_and_no_name_into_its_log()
    {
        await using var slack = await SlackVendor.StartAsync();
        await using var bot = await BotServer.StartAsync(settings: slack.Settings);
        var colleagues = bot.Services.GetRequiredService<IColleagues>();
        var picture = await colleagues.UploadAsync(new byte[] { 0xff, 0xd8, 0xff }, default);
        var post = await colleagues.AskAsync(Views.Of(QuestionKind.Which) with { Thumbnail = picture }, default);
        await colleagues.UpdateAsync(post, Views.Of(QuestionKind.Which, QuestionState.Decided) with { Thumbnail = picture }, default);
        Assert.Contains("this is *Maya*", Assert.Single(slack.Room.Messages).Text, StringComparison.Ordinal);

        foreach (var secret in new[] { SlackVendor.Token, SlackVendor.SigningSecret, "/upload/v1", "Maya" })
            Assert.DoesNotContain(bot.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Buttons_that_nobody_would_hear_stop_the_start_with_a_sentence()
    {
        await using var slack = await SlackVendor.StartAsync();
        var stopped = await Assert.ThrowsAnyAsync<Exception>(() =>
            BotServer.StartAsync(settings: [.. slack.Settings.Where(setting => !setting.Item1.EndsWith("SigningSecret", StringComparison.Ordinal))]));
        Assert.Contains("Atmosphere:Channels:Slack:SigningSecret is missing", stopped.Message, StringComparison.Ordinal);
    }
}

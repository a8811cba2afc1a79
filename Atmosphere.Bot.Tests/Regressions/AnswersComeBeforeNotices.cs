using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>A notice that was caused by a message could arrive before the answer to that message.</summary>
public sealed class AnswersComeBeforeNotices
{
    [Fact]
    public async Task A_notice_waits_for_the_answer_that_was_stored_before_it()
    {
        await using var server = await BotServer.StartAsync();
        await using var chat = await BotFrameworkChat.StartAsync(server);
        await using var other = await BotFrameworkChat.StartAsync(server);
        await chat.OpenAsync();
        _ = await chat.HearAsync();
        var participant = await server.QueryAsync<string>("SELECT id FROM participants");

        var reached = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        chat.Taking = async activity =>
        {
            reached.TrySetResult();
            if (!$"{activity["text"]}".Contains("agreed", StringComparison.Ordinal))
                await released.Task;
        };
        await chat.SayAsync("question", "my children", []);
        await reached.Task;
        var notice = server.Services.GetRequiredService<IParents>().SendAsync(
            new ParentNotice(new DeliveryId("notice"), new ParticipantId(participant!), "requests.became-guardian", new Dictionary<string, string> { ["name"] = "Maya" }, null), default);
        // A whole conversation of somebody else takes longer than the notice would.
        await other.OpenAsync();
        _ = await other.HearAsync();

        Assert.Equal(1, await chat.CountAsync());
        released.SetResult();
        Assert.Equal(SendOutcome.Sent, await notice);
        Assert.DoesNotContain("agreed", (await chat.HearAsync()).Text, StringComparison.Ordinal);
        Assert.Contains("agreed", (await chat.HearAsync()).Text, StringComparison.Ordinal);
    }
}

using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>A reply that did not surely arrive is tried again where that is safe, and otherwise logged with the true reason.</summary>
public sealed class EveryLostReplyIsToldOf
{
    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_the_channel_did_not_take_is_sent_again(int status)
    {
        var calls = 0;
        await using var channel = await LocalVendor.StartAsync(context =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref calls) == 1 ? status : 200;
            return Task.CompletedTask;
        });
        await using var server = await BotServer.StartAsync();
        await SayHelpAsync(server, channel);
        await Eventually.TrueAsync(async () => await StateAsync(server) == "sent", "it was sent");
        Assert.Equal(2, calls);
    }

    [Theory]
    [InlineData(500, "unknown", "answered 500")]
    [InlineData(0, "unknown", "connection was lost")]
    [InlineData(403, "refused", "answered 403")]
    public async Task What_may_have_arrived_or_is_refused_is_not_sent_again_but_logged(int status, string state, string reason)
    {
        var calls = 0;
        await using var channel = await LocalVendor.StartAsync(context =>
        {
            Interlocked.Increment(ref calls);
            if (status == 0)
                context.Abort();
            else
                context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        await using var server = await BotServer.StartAsync();
        await SayHelpAsync(server, channel);
        await Eventually.TrueAsync(async () => await StateAsync(server) == state, $"it is {state}");
        Assert.Equal(1, calls);
        Assert.Contains(reason, await server.QueryAsync<string>("SELECT error FROM replies"), StringComparison.Ordinal);
        var id = await server.QueryAsync<string>("SELECT id FROM replies");
        await Eventually.TrueAsync(
            () => server.Log.Lines.Any(line => line.StartsWith("Warning ", StringComparison.Ordinal) && line.Contains($"{id} is {state}", StringComparison.Ordinal)
                && line.Contains(reason, StringComparison.Ordinal)),
            "the log tells of it");
    }

    private static Task<string?> StateAsync(BotServer server) => server.QueryAsync<string>("SELECT state FROM replies");

    private static async Task SayHelpAsync(BotServer server, LocalVendor channel)
    {
        await using var chat = await BotFrameworkChat.StartAsync(server);
        using var response = await chat.TryPostAsync(chat.Activity("message", "1", activity =>
        {
            activity["text"] = "help";
            activity["serviceUrl"] = channel.Address.ToString();
        }));
        Assert.True(response.IsSuccessStatusCode);
    }
}

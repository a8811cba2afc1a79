using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using FsCheck.Xunit;

namespace Atmosphere.Bot.Tests.Conversations;

/// <summary>Whatever is said and in whatever order, there is no state of a conversation in which the bot is silent or breaks.</summary>
public sealed class EveryMessageIsAnswered : IAsyncLifetime
{
    private static readonly string[] _words =
    [
        "add child", "Noa", "yes", "no", "done", "1", "2", "cancel", "help", "my children", "add photos", "not my child", "share", "remove child", "who is this",
        "stop", "start", "language", "add group", "move", "hello", "😀", "7", "ABCD-EFGH", "noa-1.jpg", "four.jpg", "nobody.jpg",
    ];

    private BotServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await BotServer.StartAsync();

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    /// <param name="choices">Each picks one of the words.</param>
    [Property(MaxTest = 12, EndSize = 15)]
    public async Task Of_any_conversation(byte[] choices)
    {
        await using var chat = new DirectLineChat(_server);
        await chat.OpenAsync();
        _ = await chat.HearAsync();
        var said = new List<string>();
        foreach (var word in choices.Select(choice => _words[choice % _words.Length]))
        {
            var before = await chat.CountAsync();
            said.Add(word);
            if (word.EndsWith(".jpg", StringComparison.Ordinal))
                await chat.SayAsync($"{said.Count}", "", [word]);
            else
                await chat.SayAsync($"{said.Count}", word, []);
            await Eventually.TrueAsync(async () => await chat.CountAsync() > before, $"the last message is answered of: {string.Join(" / ", said)}");
        }

        Assert.DoesNotContain(_server.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));
    }
}

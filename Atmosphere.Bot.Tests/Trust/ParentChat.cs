using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>Somebody who chats by Direct Line, and listens until they are told what they wait for.</summary>
internal sealed class ParentChat : IAsyncDisposable
{
    private readonly DirectLineChat _chat;
    private readonly List<TranscriptLine> _heard = [];
    private int _messages;

    private ParentChat(BotServer server) => _chat = new DirectLineChat(server);

    /// <summary>By which the database knows them.</summary>
    public string Address => _chat.Conversation;

    public static async Task<ParentChat> OpenAsync(BotServer server)
    {
        var parent = new ParentChat(server);
        await parent._chat.OpenAsync();
        _ = await parent._chat.HearAsync();
        return parent;
    }

    public Task SayAsync(string text, params string[] photos) => _chat.SayAsync($"message-{++_messages}", text, photos);

    /// <summary>Listens until that is said.</summary>
    public async Task<TranscriptLine> HearAsync(string words)
    {
        while (true)
        {
            var line = await _chat.HearAsync();
            _heard.Add(line);
            if (line.Text.Contains(words, StringComparison.Ordinal))
                return line;
        }
    }

    /// <summary>Everything heard so far: words, buttons, and how many pictures.</summary>
    public string Everything() =>
        string.Join('\n', _heard.Select(line => $"{line.Text} [{line.Attachments.Count} pictures] [{string.Join('|', line.Suggestions)}]"));

    /// <summary>Says it, and listens until that is said.</summary>
    public async Task<TranscriptLine> AskAsync(string text, string words)
    {
        await SayAsync(text);
        return await HearAsync(words);
    }

    /// <param name="photos">One child, says the parent, whatever the bot sees.</param>
    public async Task RegisterAsync(string name, params string[] photos)
    {
        await SayAsync("add child");
        await SayAsync(name);
        foreach (var photo in photos)
        {
            await SayAsync("", photo);
            if (photo != photos[0])
                await SayAsync("yes");
        }

        foreach (var answer in (string[])["done", "yes", "yes"])
            await SayAsync(answer);
        await HearAsync($"I am learning the face of {name}");
    }

    public ValueTask DisposeAsync() => _chat.DisposeAsync();
}

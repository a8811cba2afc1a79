using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>A bot and the chats of several people with it, each over Direct Line.</summary>
internal sealed class TrustChats : IAsyncDisposable
{
    private readonly List<DirectLineChat> _chats = [];
    private int _said;

    private TrustChats(BotServer server) => Server = server;

    public BotServer Server { get; }

    public static Task<TrustChats> StartAsync(params (string Key, string Value)[] settings) => StartAsync(null, settings);

    /// <param name="replace">Puts something else in the place of a service.</param>
    public static async Task<TrustChats> StartAsync(Action<IServiceCollection>? replace, params (string Key, string Value)[] settings) =>
        new(await BotServer.StartAsync(replace, [("Atmosphere:Erasures:LastWord", "00:00:00"), .. settings]));

    /// <summary>Somebody opens a chat and is greeted.</summary>
    public async Task<DirectLineChat> OpenAsync()
    {
        var chat = new DirectLineChat(Server);
        await chat.OpenAsync();
        _ = await chat.HearAsync();
        _chats.Add(chat);
        return chat;
    }

    /// <returns>The answer.</returns>
    public async Task<string> SayAsync(DirectLineChat chat, string text, params string[] files)
    {
        await chat.SayAsync($"said-{_said++}", text, files);
        return (await chat.HearAsync()).Text;
    }

    /// <summary>Registers a child, until it is learned.</summary>
    public async Task RegisterAsync(DirectLineChat chat, string name, string photo)
    {
        foreach (var word in (string[])["add child", name])
            _ = await SayAsync(chat, word);
        _ = await SayAsync(chat, "", photo);
        foreach (var word in (string[])["done", "yes", "yes"])
            _ = await SayAsync(chat, word);
        Assert.Contains($"{name} is registered", (await chat.HearAsync()).Text, StringComparison.Ordinal);
    }

    /// <summary>Lets another chat in; it agrees.</summary>
    /// <returns>The code.</returns>
    public async Task<string> ShareAsync(DirectLineChat owner, string name)
    {
        var said = await SayAsync(owner, $"share {name}");
        return said.Split(["too: ", "\n"], StringSplitOptions.None)[1].Trim();
    }

    /// <summary>Removes a child and waits for the receipt.</summary>
    public async Task RemoveAsync(DirectLineChat owner, string name)
    {
        Assert.Contains($"Shall I remove {name}?", await SayAsync(owner, $"remove {name}"), StringComparison.Ordinal);
        _ = await SayAsync(owner, "yes");
        Assert.Contains("Your receipt", (await owner.HearAsync()).Text, StringComparison.Ordinal);
    }

    public Task ChangeAsync(string sql) =>
        Server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync(sql));

    public async Task QuietAsync() => await Eventually.TrueAsync(
        async () => await Server.QueryAsync<long>("SELECT (SELECT COUNT(*) FROM messages) + (SELECT COUNT(*) FROM turns WHERE handled_at IS NULL)") == 0,
        "all messages are handled");

    /// <summary>Every erasure that was asked for has ended.</summary>
    public async Task ErasedAsync()
    {
        await QuietAsync();
        Assert.Equal([], await Server.Services.GetRequiredService<Database>().ReadAsync(
            session => session.QueryAsync<string>("SELECT kind || ' ' || state || ': ' || COALESCE(error, '') FROM erasures WHERE state <> 'erased'")));
        Assert.Equal(0, await Server.QueryAsync<long>("SELECT COUNT(*) FROM dead_letters"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var chat in _chats)
            await chat.DisposeAsync();
        await Server.DisposeAsync();
    }
}
